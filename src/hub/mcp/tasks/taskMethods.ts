import { type McpServer, ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { isSession } from '../../service/caller.ts';
import type { ServiceContext } from '../../service/context.ts';
import { proveDeliveries } from '../../service/deliveries.ts';
import { fromAuthInfo } from '../authInfo.ts';
import type { CallTask, TaskSource } from './callTask.ts';
import { intervalOf, mustFollowTasks, taskFields } from './taskWire.ts';

const taskSchema = z.looseObject({ taskId: z.string().min(1) });

/** Lets a server answer for the tasks of `sources`. An id of another agent's is as unknown as a wrong one. */
export function registerTaskMethods({ server }: McpServer, context: ServiceContext, sources: readonly TaskSource[]): void {
  function find(ctx: ServerContext, taskId: string) {
    mustFollowTasks(ctx);
    const exchange = fromAuthInfo(ctx.http?.authInfo);
    for (const source of sources) {
      const task = source.find(exchange.caller, taskId);
      if (task !== undefined) return { exchange, source, task };
    }
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no task ${taskId}. What it was about may have been deleted.`);
  }

  server.setRequestHandler('tasks/get', { params: taskSchema }, ({ taskId }, ctx) => {
    const { exchange, source, task } = find(ctx, taskId);
    const { caller } = exchange;
    // Where nothing tells two sessions apart, the poll of one says nothing of what the other has been told.
    if (isSession(caller.connectionId)) proveDeliveries(context, caller, requestIdsOf(task));
    source.polled?.(caller, task, intervalOf(task, context.clock));
    if (task.payload !== undefined) exchange.load(task.payload);
    return { ...taskFields(task, context.clock), ...task.details };
  });

  server.setRequestHandler('tasks/update', { params: taskSchema }, ({ taskId }, ctx) => {
    const { exchange, source, task } = find(ctx, taskId);
    source.update?.(exchange.caller, task, ctx.mcpReq.inputResponses ?? {});
    return {};
  });

  server.setRequestHandler('tasks/cancel', { params: taskSchema }, ({ taskId }, ctx) => {
    const { exchange, source, task } = find(ctx, taskId);
    source.cancel(exchange.caller, task);
    return {};
  });
}

/** A client that asks for the same end once more has perhaps not seen it. */
function requestIdsOf({ payload }: CallTask): readonly string[] {
  return payload === undefined ? [] : [...payload.requestIds, ...payload.messageIds];
}
