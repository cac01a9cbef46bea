import * as z from 'zod';
import type { Permission } from '../../protocol/model.ts';
import { exactText } from '../../util/exactJson.ts';

/** Requests permission for the use of a tool. */
export const askMethod = 'notifications/claude/channel/permission_request';

/** What an agent requests permission for over the channel. */
export interface ChannelAsk {
  /** Its own id for this, of whatever form. */
  requestId: string;
  taskId: string | undefined;
  permission: Permission;
}

const paramsSchema = z.looseObject({
  request_id: z.string().min(1),
  task_id: z.string().min(1).optional().catch(undefined),
  tool_name: z.string(),
  description: z.string().catch(''),
  input_preview: z
    .unknown()
    .optional()
    .transform((input) => exactText(input ?? '')),
});

/** Reads the params of such a notification. `undefined` if that isn't what they are. */
export function readChannelAsk(params: Record<string, unknown>): ChannelAsk | undefined {
  const { data } = paramsSchema.safeParse(params);
  if (data === undefined) return undefined;
  const { request_id: requestId, task_id: taskId, tool_name: tool, description, input_preview: input } = data;
  return {
    requestId,
    taskId,
    permission: { tool, input, ...(description !== '' && { description }), ...(isCutOff(input) && { partial: true }) },
  };
}

/** What is sent is a preview: it ends where it was cut, or is JSON that doesn't. */
function isCutOff(input: string): boolean {
  if (input.trimEnd().endsWith('…')) return true;
  if (!/^\s*[[{"]/.test(input)) return false;
  try {
    JSON.parse(input);
    return false;
  } catch {
    return true;
  }
}
