import * as z from 'zod';
import { waitsText } from '../../service/ownDialogs.ts';
import type { Dialect } from '../hookEvent.ts';
import { optionalText, readCommonEvent, readHead } from './claudeForm.ts';

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
    const head = { ...found.head, sessionId: found.head.sessionId || (spellingSchema.safeParse(body).data?.sessionId ?? '') };
    switch (head.name) {
      case 'Notification': {
        const { data } = notificationSchema.safeParse(body);
        if (data === undefined) return { ...head, kind: 'other' };
        // Of a question it says that information was requested.
        const text = data.notification_type === 'elicitation_dialog' ? waitsText('questions') : data.message;
        return { ...head, kind: 'waits', text };
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return readCommonEvent({ head, cwd: found.cwd }, body);
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
