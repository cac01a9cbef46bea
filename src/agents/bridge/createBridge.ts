import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { HubPlace } from '../findHub.ts';
import { readReceived, readRefusal } from './answers.ts';
import { createCalls } from './calls.ts';
import { followPushes } from './followPushes.ts';
import { createHubLine } from './hubLine.ts';
import { createNewerEra } from './newerEra.ts';
import { revisionOf } from './newerRequest.ts';
import { isObject, type RpcMessage, type RpcRequest, readMessage, rpcError } from './rpc.ts';
import { createSessionKeeper, jsonHeaders, type Session } from './sessionKeeper.ts';

// Stands between an agent, which speaks over stdin and stdout, and the hub, which may move, go away and come back. It passes messages
// on as they are: of the older era in a session, which has a stream for what the hub says without being asked, and of the newer one each by itself.

/** What an agent's lines are put into. */
export interface Bridge {
  /** Takes a line of the agent: one JSON-RPC message. */
  receive(line: string): void;
  /** The agent has gone: ends its session, if the hub is there. Takes a second at most. */
  close(): Promise<void>;
}

/** Agents give up on a server that doesn't answer `initialize` in half a minute, so they get a sentence before that. Milliseconds. */
const initializePatienceMs = 20_000;

/** How long everything else waits for a hub that isn't there: an editor that restarts takes less. Milliseconds. */
const patienceMs = 120_000;

const goodbyeMs = 1_000;

export function createBridge(deps: {
  workspaceId: string;
  /** How long the agent lets a call wait, if its config says so. */
  waitSeconds?: number | undefined;
  find: () => HubPlace | undefined;
  /** Tells this bridge from all others. */
  bridgeId: string;
  /** Gives the agent a message. Resolves when there is room for the next one. */
  write: (message: unknown) => Promise<void>;
  clock: Clock;
  log: Logger;
}): Bridge {
  const { write, clock, log } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const line = createHubLine({ find: deps.find, path: `/mcp/${deps.workspaceId}`, waitSeconds: deps.waitSeconds, clock });
  const keeper = createSessionKeeper({ line, signal, patienceMs });
  const calls = createCalls({ line, keeper, write, clock, patienceMs });
  const patience = { discoverMs: initializePatienceMs, otherMs: patienceMs };
  const newer = createNewerEra({ line, write, clock, log, bridgeId: deps.bridgeId, patience });
  let initializing: Promise<void> | undefined;
  let following: Promise<void> | undefined;

  async function initialize(request: RpcRequest, body: string): Promise<void> {
    initializing = calls.make(request, body, {
      patienceMs: initializePatienceMs,
      onResult: ({ headers }, result) => keeper.begin(request, headers, result),
    });
    await initializing;
  }

  async function ask(request: RpcRequest, body: string): Promise<void> {
    await initializing;
    if (keeper.current === undefined) await write(rpcError(request.id, -32_601, 'This server begins with “initialize”.'));
    else await calls.make(request, body);
  }

  /** Passes on what has no answer of its own. It is sent once: if it gets lost with the connection, that's it. */
  async function pass(kind: RpcMessage['kind'], body: string): Promise<void> {
    await initializing;
    for (let lost: Session | undefined; ; ) {
      const session = keeper.current ?? {};
      const reached = await line.send({ method: 'POST', headers: { ...jsonHeaders, ...session }, body, signal, patienceMs });
      if (reached.kind !== 'answered') {
        log.warn(`a ${kind} got lost: the hub has gone.`);
        return;
      }
      if ((reached.response.statusCode ?? 500) < 300) {
        for await (const { value } of readReceived(reached.response)) await write(value);
        return;
      }
      const { lostSession, error } = await readRefusal(reached.response);
      if (!lostSession || lost !== undefined) {
        log.warn(`the hub refused a ${kind}: ${String(error['message'])}`);
        if (kind === 'other') await write({ jsonrpc: '2.0', id: null, error });
        return;
      }
      lost = session;
      await keeper.renew(session);
    }
  }

  async function cancel(id: unknown, notification: Readonly<Record<string, unknown>>): Promise<void> {
    const cancelled = calls.cancel(id);
    if (cancelled === undefined) return;
    if (cancelled.wireId !== undefined) {
      const params = isObject(notification['params']) ? notification['params'] : {};
      await pass('notification', JSON.stringify({ ...notification, params: { ...params, requestId: cancelled.wireId } }));
    }
    cancelled.end();
  }

  async function handle(message: RpcMessage, body: string): Promise<void> {
    const revision = revisionOf(message);
    if (message.kind === 'request' && revision !== undefined) {
      await newer.make(message, body, revision);
    } else if (message.kind === 'request') {
      if (message.method === 'initialize') await initialize(message, body);
      // It asks whether we are there. The hub may be away for a moment without the agent giving us up.
      else if (message.method === 'ping') await write({ jsonrpc: '2.0', id: message.id, result: {} });
      else await ask(message, body);
    } else if (message.kind === 'notification' && message.method === 'notifications/cancelled') {
      const { requestId } = message.params;
      if (!newer.cancel(requestId)) await cancel(requestId, message.value);
    } else if (revision === undefined) {
      await pass(message.kind, body);
      if (message.kind === 'notification' && message.method === 'notifications/initialized') {
        following ??= followPushes({ line, keeper, write, clock, signal, log });
        await following;
      }
    }
  }

  async function sayGoodbye(session: Session): Promise<void> {
    const leave = new AbortController();
    const timer = clock.after(goodbyeMs, () => leave.abort());
    const reached = await line.send({ method: 'DELETE', headers: session, signal: leave.signal, patienceMs: 0 });
    timer.dispose();
    if (reached.kind === 'answered') reached.response.resume();
  }

  return {
    receive(text) {
      let message: RpcMessage;
      try {
        message = readMessage(JSON.parse(text));
      } catch {
        void write(rpcError(null, -32_700, 'This line is not JSON.'));
        return;
      }
      handle(message, text).catch((error: unknown) => signal.aborted || log.warn(describeError(error)));
    },
    async close() {
      closing.abort();
      calls.close();
      newer.close();
      if (keeper.current !== undefined) await sayGoodbye(keeper.current).catch(() => {});
    },
  };
}
