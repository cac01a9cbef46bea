import * as z from 'zod';
import type { Dialect, HookEvent } from '../hookEvent.ts';
import { eventSchema, optionalText, readToolUse } from './claudeForm.ts';

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
    const parsed = eventSchema.safeParse(body);
    if (!parsed.success) return undefined;
    const { hook_event_name: name, cwd } = parsed.data;
    const sessionId = parsed.data.session_id ?? spellingSchema.safeParse(body).data?.sessionId ?? '';
    const head = { name, sessionId };
    const other: HookEvent = { ...head, kind: 'other' };
    switch (name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        if (use === undefined) return other;
        const { tool, input, externalId, description } = use;
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
    allow: () => ({ behavior: 'allow' }),
    deny: (message) => ({ behavior: 'deny', message }),
    goOn: (text) => ({ decision: 'block', reason: text }),
    // What a hook says to a prompt is dropped.
    context: (text, { kind }) => (kind === 'toolUsed' ? { additionalContext: text } : undefined),
  },
};
