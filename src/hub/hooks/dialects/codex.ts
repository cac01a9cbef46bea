import * as z from 'zod';
import { attempt } from '../../../util/errors.ts';
import { isOwnQuestion, waitsText } from '../../service/ownDialogs.ts';
import type { Dialect } from '../hookEvent.ts';
import { inputText } from '../toolInput.ts';
import { claudeReplies, descriptionIn, readCommonEvent, readHead, readToolStarts, readToolUse, toPermission } from './claudeForm.ts';

const inputSchema = z.record(z.string(), z.unknown());

/** Codex CLI. It refuses answers with members that it doesn't know, so they hold no more than it wants. */
export const codex: Dialect = {
  names: /^codex/,
  name: 'codex-mcp-client',
  everywhere: true,
  read(body) {
    const found = readHead(body);
    if (found === undefined) return undefined;
    const { head, cwd } = found;
    switch (head.name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        if (use === undefined) return readCommonEvent(found, body);
        return toPermission(head, cwd, { ...use, description: reasonIn(body, use.tool) });
      }
      case 'PreToolUse': {
        // Its own question, which it answers in its own window alone.
        const starts = readToolStarts(head, body);
        const asks = starts.kind === 'toolStarts' && isOwnQuestion(starts.tool);
        return asks ? { ...head, kind: 'waits', text: waitsText('questions') } : starts;
      }
      case 'SubagentStop':
        return { ...head, kind: 'subagentStop' };
      default:
        return readCommonEvent(found, body);
    }
  },
  reportedInput({ tool, input }) {
    if (isOfMcp(tool)) return input;
    const { data } = inputSchema.safeParse(attempt((): unknown => JSON.parse(input)));
    if (data === undefined) return input;
    const { description: _, ...rest } = data;
    return inputText(rest);
  },
  write: claudeReplies,
};

/**
 * To the input of its own tools Codex adds why it asks, as `description`: the words of the model, or what is wanted beside the command,
 * such as the host of a network access. It leaves that out again when it reports the use. The tools of MCP servers have their input as it
 * is.
 */
function reasonIn(body: unknown, tool: string): string | undefined {
  const { data } = z.object({ tool_input: z.unknown() }).safeParse(body);
  return isOfMcp(tool) ? undefined : descriptionIn(data?.tool_input);
}

function isOfMcp(tool: string): boolean {
  return tool.startsWith('mcp__');
}
