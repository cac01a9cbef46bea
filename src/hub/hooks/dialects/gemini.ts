import * as z from 'zod';
import type { Dialect, HookAnswer, HookEvent } from '../hookEvent.ts';
import { claudeReplies, readHead, readPrompt, readToolStarts } from './claudeForm.ts';

const notificationSchema = z.object({ notification_type: z.literal('ToolPermission'), message: z.string().min(1) });

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
        return data === undefined ? other : { ...head, kind: 'waits', text: data.message };
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return other;
    }
  },
  write: {
    // Told not to go on, it would end its turn without a word to its model and without any further event.
    stop: deny,
    goOn: deny,
    context: claudeReplies.context,
  },
};
