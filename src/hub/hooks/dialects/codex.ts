import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { claudeReplies, descriptionIn, inputText, readHead, readToolUse, readToolUsed, toPermission } from './claudeForm.ts';

const inputSchema = z.object({ tool_input: z.record(z.string(), z.unknown()) });

/** Codex CLI. It refuses answers with members that it doesn't know, so they hold no more than it wants. */
export const codex: Dialect = {
  names: /^codex/,
  name: 'codex-mcp-client',
  everywhere: true,
  read(body) {
    const found = readHead(body);
    if (found === undefined) return undefined;
    const { head, cwd } = found;
    const other: HookEvent = { ...head, kind: 'other' };
    switch (head.name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        return use === undefined ? other : toPermission(head, cwd, { ...use, ...withoutReason(body, use.tool) });
      }
      case 'PostToolUse':
        return readToolUsed(head, body);
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
