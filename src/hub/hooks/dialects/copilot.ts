import * as z from 'zod';
import { waitsText } from '../../service/ownDialogs.ts';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { optionalText, readHead, readPrompt, readToolStarts, readToolUse, readToolUsed, toPermission } from './claudeForm.ts';

/** Its notification names the session in its other spelling. */
const spellingSchema = z.object({ sessionId: optionalText });
const notificationSchema = z.object({
  notification_type: z.enum(['permission_prompt', 'elicitation_dialog']),
  message: z.string().min(1),
});

/** Copilot CLI, with events that are configured with a capital: only those say in their body which they are. */
export const copilot: Dialect = {
  names: /copilot/i,
  name: 'copilot-cli',
  everywhere: true,
  read(body) {
    const found = readHead(body);
    if (found === undefined) return undefined;
    const { cwd } = found;
    const head = { ...found.head, sessionId: found.head.sessionId || (spellingSchema.safeParse(body).data?.sessionId ?? '') };
    const other: HookEvent = { ...head, kind: 'other' };
    switch (head.name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        return use === undefined ? other : toPermission(head, cwd, use);
      }
      case 'PreToolUse':
        return readToolStarts(head, body);
      case 'PostToolUse':
        return readToolUsed(head, body);
      case 'UserPromptSubmit':
        return readPrompt(head, body);
      case 'Stop':
        return { ...head, kind: 'stop' };
      case 'Notification': {
        const { data } = notificationSchema.safeParse(body);
        if (data === undefined) return other;
        // Of a question it says that information was requested.
        const text = data.notification_type === 'elicitation_dialog' ? waitsText('questions') : data.message;
        return { ...head, kind: 'waits', text };
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return other;
    }
  },
  write: {
    allow: () => ({ behavior: 'allow' }),
    deny: (message) => ({ behavior: 'deny', message }),
    stop: (text) => ({ permissionDecision: 'deny', permissionDecisionReason: text }),
    goOn: (text) => ({ decision: 'block', reason: text }),
    // What a hook says to a prompt is dropped.
    context: (text, { kind }) => (kind === 'toolUsed' ? { additionalContext: text } : undefined),
  },
};
