import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { isConfirmation, isOwnQuestion } from '../ownDialogs.ts';
import { claudeReplies, optionalText, readHead, readPrompt, readToolsDone, readToolUse, readToolUsed, toPermission } from './claudeForm.ts';

const notificationSchema = z.object({ notification_type: optionalText, message: z.string().min(1) });

/** Those that mean that somebody has to look at its terminal. That it is idle (`idle_prompt`) needs nobody. */
const waitingTypes: ReadonlySet<string | undefined> = new Set(['permission_prompt', 'elicitation_dialog']);

/** Claude Code, as of 2.1. */
export const claudeCode: Dialect = {
  names: /^claude-code/,
  name: 'claude-code',
  everywhere: false,
  read(body) {
    const found = readHead(body);
    if (found === undefined) return undefined;
    const { head, cwd } = found;
    const other: HookEvent = { ...head, kind: 'other' };
    switch (head.name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        if (use === undefined) return other;
        // Its questions come as permissions too. Allowing one answers it with nothing, so it stays in its terminal.
        if (isOwnQuestion(use.tool)) return { ...head, kind: 'waits', text: 'It asks you a question.' };
        return toPermission(head, cwd, use);
      }
      case 'PostToolUse':
      case 'PostToolUseFailure':
        return readToolUsed(head, body);
      case 'PostToolBatch':
        return readToolsDone(head, body);
      case 'UserPromptSubmit':
        return readPrompt(head, body);
      case 'Stop':
        return { ...head, kind: 'stop' };
      case 'SubagentStop':
        return { ...head, kind: 'subagentStop' };
      case 'Notification': {
        const { data } = notificationSchema.safeParse(body);
        return data !== undefined && waitingTypes.has(data.notification_type) ? { ...head, kind: 'waits', text: data.message } : other;
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return other;
    }
  },
  write: {
    ...claudeReplies,
    allow(event) {
      const { name } = event;
      // A plan, say: without its input the answer is passed over, and the dialog stays.
      const confirmed =
        event.kind === 'permission' && isConfirmation(event.permission.tool) ? parseInput(event.permission.input) : undefined;
      const decision = { behavior: 'allow', ...(confirmed !== undefined && { updatedInput: confirmed }) };
      return { hookSpecificOutput: { hookEventName: name, decision } };
    },
  },
};

/** The input as it came; the hub keeps it as text. */
function parseInput(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
