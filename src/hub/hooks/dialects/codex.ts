import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { claudeReplies, descriptionIn, eventSchema, inputText, readToolUse } from './claudeForm.ts';

const inputSchema = z.object({ tool_input: z.record(z.string(), z.unknown()) });

/** Codex CLI. It refuses answers with members that it doesn't know, so they hold no more than it wants. */
export const codex: Dialect = {
  names: /^codex/,
  name: 'codex-mcp-client',
  everywhere: true,
  read(body) {
    const parsed = eventSchema.safeParse(body);
    if (!parsed.success) return undefined;
    const { hook_event_name: name, session_id: sessionId = '', cwd } = parsed.data;
    const head = { name, sessionId };
    const other: HookEvent = { ...head, kind: 'other' };
    switch (name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        if (use === undefined) return other;
        const { tool, externalId } = use;
        const { input, description } = withoutReason(body, tool) ?? use;
        const permission = { tool, input, ...(description !== undefined && { description }), ...(cwd !== undefined && { cwd }) };
        return { ...head, kind: 'permission', permission, externalId };
      }
      case 'PostToolUse': {
        const use = readToolUse(body);
        return use === undefined ? other : { ...head, kind: 'toolUsed', tool: use.tool, input: use.input, externalId: use.externalId };
      }
      case 'UserPromptSubmit':
        return { ...head, kind: 'prompt' };
      case 'Stop':
        return { ...head, kind: 'stop' };
      default:
        return other;
    }
  },
  write: claudeReplies,
};

/**
 * To the input of its own tools Codex adds why it asks, as `description`, and leaves that out again when it reports the use. The tools
 * of MCP servers have their input as it is.
 */
function withoutReason(body: unknown, tool: string): { input: string; description: string } | undefined {
  const input = inputSchema.safeParse(body).data?.tool_input;
  const description = tool.startsWith('mcp__') ? undefined : descriptionIn(input);
  if (input === undefined || description === undefined) return undefined;
  const { description: _, ...rest } = input;
  return { input: inputText(rest), description };
}
