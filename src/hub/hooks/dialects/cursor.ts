import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { inputText } from '../toolInput.ts';
import { optionalText, readPrompt } from './claudeForm.ts';

const eventSchema = z.object({ hook_event_name: z.string().min(1), conversation_id: optionalText, cwd: optionalText });
const shellSchema = z.object({ command: z.string(), sandbox: z.boolean().optional().catch(undefined) });
const mcpSchema = z.object({ tool_name: z.string().min(1), tool_input: z.unknown(), url: optionalText, command: optionalText });
const stopSchema = z.object({ status: optionalText, loop_count: z.number().optional().catch(undefined) });

/** Cursor. It takes no words with a prompt, nor after a tool. */
export const cursor: Dialect = {
  names: /^cursor/i,
  name: 'cursor-vscode',
  everywhere: true,
  read(body) {
    const parsed = eventSchema.safeParse(body);
    if (!parsed.success) return undefined;
    const { hook_event_name: name, conversation_id: sessionId = '', cwd } = parsed.data;
    const head = { name, sessionId };
    const other: HookEvent = { ...head, kind: 'other' };
    switch (name) {
      case 'beforeShellExecution':
      case 'beforeMCPExecution': {
        const use = readUse(name, body);
        if (use === undefined) return other;
        const { tool, input, server } = use;
        const description = server === undefined ? undefined : `A tool of the MCP server ${server}`;
        const permission = { tool, input, ...(description !== undefined && { description }), ...(cwd !== undefined && { cwd }) };
        return { ...head, kind: 'permission', permission };
      }
      case 'afterShellExecution':
      case 'afterMCPExecution': {
        const use = readUse(name, body);
        return use === undefined ? other : { ...head, kind: 'toolUsed', tool: use.tool, input: use.input };
      }
      case 'beforeSubmitPrompt':
        return readPrompt(head, body);
      case 'stop': {
        const { status = 'completed', loop_count: followUps } = stopSchema.parse(body);
        // A turn that the user stopped, or that failed, must not be continued.
        return status === 'completed' ? { ...head, kind: 'stop', followUps } : other;
      }
      case 'sessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return other;
    }
  },
  write: {
    allow: () => ({ permission: 'allow' }),
    deny: (message) => ({ permission: 'deny', user_message: message, agent_message: message }),
    goOn: (text) => ({ followup_message: text }),
  },
};

function readUse(name: string, body: unknown): { tool: string; input: string; server?: string | undefined } | undefined {
  if (name.endsWith('ShellExecution')) {
    const { data } = shellSchema.safeParse(body);
    // JSON leaves out what is not there.
    return data === undefined ? undefined : { tool: 'Shell', input: inputText({ command: data.command, sandbox: data.sandbox }) };
  }
  const { data } = mcpSchema.safeParse(body);
  return data === undefined ? undefined : { tool: data.tool_name, input: inputText(data.tool_input), server: data.url ?? data.command };
}
