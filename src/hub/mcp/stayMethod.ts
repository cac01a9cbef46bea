import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { stayMethod } from '../../protocol/mcpTasks.ts';
import type { ServiceContext } from '../service/context.ts';
import { fromAuthInfo } from './authInfo.ts';

/**
 * Answers a bridge that says that its agent is there: not before that has gone, or the hub stops. In the older era the stream of a session
 * says so; the newer one has no stream that stays open where nothing is ever announced.
 */
export function registerPresence({ server }: McpServer, { closing }: ServiceContext): void {
  server.setRequestHandler(stayMethod, { params: z.looseObject({}) }, async (_params, ctx) => {
    const signal = AbortSignal.any([fromAuthInfo(ctx.http?.authInfo).signal, ctx.mcpReq.signal, closing]);
    if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    return {};
  });
}
