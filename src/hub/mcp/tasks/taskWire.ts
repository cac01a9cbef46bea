import { CLIENT_CAPABILITIES_META_KEY, MissingRequiredClientCapabilityError, type ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { tasksExtension } from '../../../protocol/mcpTasks.ts';
import type { Clock } from '../../../util/clock.ts';
import { pollIntervalMs } from '../../service/taskPolls.ts';
import { type CallTask, isOver } from './callTask.ts';

const envelopeSchema = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({ extensions: z.record(z.string(), z.unknown()) }),
});

/** Whether the client of this very request follows tasks. Another request of the same client may do without. */
export function followsTasks({ mcpReq }: ServerContext): boolean {
  const { data } = envelopeSchema.safeParse(mcpReq.envelope);
  return data?.[CLIENT_CAPABILITIES_META_KEY].extensions[tasksExtension] !== undefined;
}

/** @throws MissingRequiredClientCapabilityError */
export function mustFollowTasks(ctx: ServerContext): void {
  if (followsTasks(ctx)) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [tasksExtension]: {} } } });
}

/** The members that each message about a task has. It is kept as long as what it is about: no time limit. */
export function taskFields(task: CallTask, clock: Clock): Record<string, unknown> {
  const { taskId, status, statusMessage, createdAt, lastUpdatedAt } = task;
  const more = statusMessage === undefined ? {} : { statusMessage };
  return { taskId, status, ...more, createdAt, lastUpdatedAt, ttlMs: null, pollIntervalMs: intervalOf(task, clock) };
}

/** After how long its client asks again. */
export function intervalOf(task: CallTask, clock: Clock): number {
  return pollIntervalMs(isOver(task) ? 0 : clock.now() - Date.parse(task.lastUpdatedAt));
}
