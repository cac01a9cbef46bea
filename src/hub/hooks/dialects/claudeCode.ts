import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { claudeReplies, eventSchema, optionalText, readToolUse } from './claudeForm.ts';

const notificationSchema = z.object({ notification_type: optionalText, message: z.string().min(1) });

/** Those that mean that somebody has to look at its terminal. That it is idle (`idle_prompt`) needs nobody. */
const waitingTypes: ReadonlySet<string | undefined> = new Set(['permission_prompt', 'elicitation_dialog']);

/** Claude Code, as of 2.1. */
export const claudeCode: Dialect = {
  names: /^claude-code/,
  name: 'claude-code',
  everywhere: false,
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
        // Its questions come as permissions too. Allowing one answers it with nothing, so it stays in its terminal.
        if (use.tool === 'AskUserQuestion') return { ...head, kind: 'waits', text: 'It asks you a question.' };
        const { tool, input, externalId, description } = use;
        const permission = { tool, input, ...(description !== undefined && { description }), ...(cwd !== undefined && { cwd }) };
        return { ...head, kind: 'permission', permission, externalId };
      }
      case 'PostToolUse':
      case 'PostToolUseFailure': {
        const use = readToolUse(body);
        return use === undefined ? other : { ...head, kind: 'toolUsed', tool: use.tool, input: use.input, externalId: use.externalId };
      }
      case 'UserPromptSubmit':
        return { ...head, kind: 'prompt' };
      case 'Stop':
        return { ...head, kind: 'stop' };
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
  write: claudeReplies,
};
