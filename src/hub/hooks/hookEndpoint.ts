import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { happenedHeader } from '../../protocol/names.ts';
import { wakeHeader } from '../../protocol/wake.ts';
import type { Logger } from '../../util/log.ts';
import { sendJson } from '../http/respond.ts';
import { answered } from '../http/whenClosed.ts';
import type { Agents } from '../service/agents.ts';
import { type Caller, hookConnection } from '../service/caller.ts';
import { createExchange, type Exchange } from '../service/exchange.ts';
import { findWorkspace } from '../service/lookup.ts';
import type { Wakes } from '../wake/createWakes.ts';
import { findDialect } from './dialects/findDialect.ts';
import { createHookAnswers } from './hookAnswers.ts';
import { type HookDeps, nothing } from './hookCall.ts';
import type { Dialect, HookAnswer, HookEvent } from './hookEvent.ts';
import { foldersIn, isElsewhere } from './isElsewhere.ts';
import { laterEnd, readHappened } from './laterReports.ts';
import { readEvent } from './readEvent.ts';
import { createSessionFolders } from './sessionFolders.ts';

/** The endpoint for agents' hooks. */
export interface HookEndpoint {
  /**
   * Answers a hook whose sender and token have been checked. Whatever is wrong with the event, the agent is not disturbed: it is told
   * nothing (`{}`), and goes on as if there were no hook.
   * @throws HubError if the address or the method is wrong
   */
  handle(request: IncomingMessage, response: ServerResponse, workspaceId: string, dialectName: string): Promise<void>;
  /** Lets the answers leave that the hub's `closing` signal has set off. */
  close(): Promise<void>;
}

/** How long a hub that stops waits for the last answers to leave. */
const lastAnswersMs = 1_000;

export function createHookEndpoint(deps: HookDeps & { wakes: Wakes; log: Logger }): HookEndpoint {
  const { context, agents, wakes, log } = deps;
  const answerEvent = createHookAnswers(deps);
  const sessionFolders = createSessionFolders();
  const open = new Set<Promise<void>>();

  async function answer(request: IncomingMessage, response: ServerResponse, workspaceId: string, dialect: Dialect): Promise<void> {
    const reply = await answerRequest(request, response, workspaceId, dialect);
    sendJson(response, 200, reply);
    await answered(response);
  }

  async function answerRequest(
    request: IncomingMessage,
    response: ServerResponse,
    workspaceId: string,
    dialect: Dialect,
  ): Promise<HookAnswer> {
    try {
      const body = await readEvent(request);
      const event: HookEvent | undefined = dialect.read(body);
      if (event === undefined) return nothing;
      if (dialect.everywhere && (await happensElsewhere(workspaceId, dialect, event, body))) {
        log.trace('a hook is told nothing: it runs in a folder of another workspace, or of none');
        return nothing;
      }
      const caller = hookCaller(deps, workspaceId, dialect, event.sessionId);
      if (request.headers[wakeHeader] !== undefined) return { ...(await wakes.hold(caller, event, response)) };
      const happenedAt = readHappened(request.headers[happenedHeader]);
      wakes.heard(caller, event, happenedAt);
      const exchange = begin(response, happenedAt === undefined ? caller : laterEnd(caller));
      const told = await answerEvent({ dialect, event, caller, exchange, happenedAt });
      if (event.kind === 'stop' && event.subagent === undefined) wakes.stopped(caller, event.sessionId, told !== nothing);
      return told;
    } catch (error) {
      if (error instanceof HubError) log.trace(`a hook is told nothing: ${error.code}`);
      else context.background.failed('a hook is told nothing', error);
      return nothing;
    }
  }

  function happensElsewhere(workspaceId: string, { name }: Dialect, event: HookEvent, body: unknown): Promise<boolean> {
    const { store, folders } = context;
    const decisive = sessionFolders.of(`${workspaceId} ${name}`, event, foldersIn(body, folders.platform));
    return isElsewhere(findWorkspace(store, workspaceId), decisive, folders);
  }

  function begin(response: ServerResponse, caller: Caller): Exchange {
    const gone = new AbortController();
    const leave = agents.present(caller);
    const exchange = createExchange(context, { caller, signal: gone.signal, promisedWait: undefined });
    const onClose = (): void => {
      leave();
      gone.abort();
      if (response.writableFinished) exchange.sent();
      else exchange.lost(false);
    };
    if (response.destroyed) onClose();
    else response.on('close', onClose);
    return exchange;
  }

  return {
    async handle(request, response, workspaceId, dialectName) {
      findWorkspace(context.store, workspaceId);
      const dialect = findDialect(dialectName);
      if (dialect === undefined) throw new HubError('not_found', `This hub knows no hooks of “${dialectName}”.`);
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        throw new HubError('method_not_allowed', 'Hooks are sent with POST.');
      }
      const answering = answer(request, response, workspaceId, dialect);
      open.add(answering);
      await answering.finally(() => open.delete(answering));
    },
    async close() {
      await Promise.race([Promise.allSettled(open), new Promise<void>((resolve) => context.clock.after(lastAnswersMs, resolve))]);
    },
  };
}

/**
 * Who reports over a hook: the agent of this kind that was heard last, as it introduced itself over MCP, or else one that is made.
 * Events of one session are one connection.
 */
function hookCaller({ agents }: { agents: Agents }, workspaceId: string, dialect: Dialect, sessionId: string): Caller {
  const known = agents.ofWorkspace(workspaceId).find(({ name }) => dialect.names.test(name));
  return { agent: agents.heard(workspaceId, known ?? { name: dialect.name }), connectionId: hookConnection(sessionId) };
}
