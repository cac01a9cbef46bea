import * as z from 'zod';
import { waitsText } from '../../service/ownDialogs.ts';
import type { Dialect, HookAnswer, HookEvent } from '../hookEvent.ts';
import { claudeReplies, readHead, readPrompt, readToolStarts } from './claudeForm.ts';

const notificationSchema = z.object({
  notification_type: z.literal('ToolPermission'),
  message: z.string().min(1),
  details: z.object({ type: z.unknown() }).optional().catch(undefined),
});

/** Its own dialogs are tools that need permission, of which it says no more than that. */
const dialogs = new Map<unknown, 'questions' | 'plan'>([
  ['ask_user', 'questions'],
  ['exit_plan_mode', 'plan'],
]);

const deny = (text: string): HookAnswer => ({ decision: 'deny', reason: text });

/** Gemini CLI. Nobody can give a permission over its hooks; it only tells that it waits for one. */
export const gemini: Dialect = {
  names: /^gemini-cli/,
  name: 'gemini-cli-mcp-client',
  everywhere: true,
  read(body) {
    const head = readHead(body)?.head;
    if (head === undefined) return undefined;
    const other: HookEvent = { ...head, kind: 'other' };
    switch (head.name) {
      case 'BeforeTool':
        return readToolStarts(head, body);
      case 'BeforeAgent':
        return readPrompt(head, body);
      case 'AfterAgent':
        return { ...head, kind: 'stop' };
      case 'Notification': {
        const { data } = notificationSchema.safeParse(body);
        if (data === undefined) return other;
        const dialog = dialogs.get(data.details?.type);
        return { ...head, kind: 'waits', text: dialog === undefined ? data.message : waitsText(dialog) };
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return other;
    }
  },
  write: {
    stop: deny,
    goOn: deny,
    context: claudeReplies.context,
  },
};
