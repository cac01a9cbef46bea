import { limits } from '../../protocol/limits.ts';
import { idInText, isObject, type RpcId, readId, rpcError } from '../../protocol/rpc.ts';
import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import { parseExact, writeExact } from '../../util/exactJson.ts';
import type { Logger } from '../../util/log.ts';
import type { HubPlace } from '../findHub.ts';
import { readReceived, readRefusal } from './answers.ts';
import { callMarker } from './callMarker.ts';
import { createCalls } from './calls.ts';
import { followPushes } from './followPushes.ts';
import { createHubLine } from './hubLine.ts';
import type { KeptLists } from './keptLists.ts';
import { createNewerEra } from './newerEra.ts';
import { revisionOf } from './newerRequest.ts';
import { type BridgedMessage, type RpcRequest, readMessage, serverError } from './rpc.ts';
import { type BridgeSession, createSessionKeeper, jsonHeaders } from './sessionKeeper.ts';

// Stands between an agent, which speaks over stdin and stdout, and the hub, which may move, go away and come back. It passes messages
// on as they are: of the older era in a session, which has a stream for what the hub says without being asked, and of the newer one each by
// itself.

/** What an agent's lines are put into. */
export interface Bridge {
  /** Takes a line of the agent: one JSON-RPC message. */
  receive(line: string): void;
  /** The agent says no more, and may still listen: what it has asked is answered first, within some seconds. */
  finish(): Promise<void>;
  /** The agent has gone: ends its session, if the hub is there. Takes a second at most. */
  close(): Promise<void>;
}

/** Agents give up on a server that doesn't answer `initialize` in half a minute, so they get a sentence before that. Milliseconds. */
const initializePatienceMs = 20_000;

/** How long everything else waits for a hub that isn't there: an editor that restarts takes less. Milliseconds. */
const patienceMs = 120_000;

const tooLarge = `This message is larger than ${limits.bodyBytes / 1024 / 1024} MiB. Send less at a time.`;

const goodbyeMs = 1_000;

/** How long open calls may take once the agent’s input has ended: an agent that waits longer has most likely gone. Milliseconds. */
const lastAnswersMs = 10_000;
const noLonger = 'The agent’s input ended while this call was waiting. A question stays on the board, and the answer is kept.';

export function createBridge(deps: {
  workspaceId: string;
  /** How long the agent lets a call wait, if its config says so. */
  waitSeconds?: number | undefined;
  find: () => HubPlace | undefined;
  /** What the hub said last to bridges of this workspace. */
  kept: KeptLists;
  /** Tells this bridge from all others. */
  bridgeId: string;
  /** The process that has started it. */
  starter: number;
  /** Gives the agent a message. Resolves when there is room for the next one. */
  write: (message: unknown) => Promise<void>;
  clock: Clock;
  log: Logger;
}): Bridge {
  const { write, clock, log } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const { waitSeconds, starter } = deps;
  const line = createHubLine({ find: deps.find, path: `/mcp/${deps.workspaceId}`, waitSeconds, starter, clock });
  const keeper = createSessionKeeper({ line, signal, patienceMs });
  const calls = createCalls({ line, keeper, write, clock, patienceMs });
  const patience = { discoverMs: initializePatienceMs, otherMs: patienceMs };
  const newer = createNewerEra({ line, write, clock, log, bridgeId: deps.bridgeId, kept: deps.kept, patience });
  const asked = new Set<Promise<void>>();
  const told = new Set<Promise<void>>();
  let initializing: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let markCall: ReturnType<typeof callMarker> = () => undefined;

  async function initialize(request: RpcRequest, body: string): Promise<void> {
    markCall = callMarker(request, starter);
    // Claude Code does so when its first question wasn't answered within five seconds.
    newer.leave();
    initializing = calls.make(request, body, {
      patienceMs: initializePatienceMs,
      onResult: ({ headers }, result) => keeper.begin(request, headers, result),
    });
    await initializing;
  }

  async function ask(request: RpcRequest, body: string): Promise<void> {
    await initializing;
    if (keeper.current === undefined) {
      await write(rpcError(request.id, -32_601, 'This server begins with “initialize”.'));
      return;
    }
    const marked = request.method === 'tools/call' ? markCall(request) : undefined;
    await calls.make(marked ?? request, marked === undefined ? body : writeExact(marked.value));
  }

  /** Passes on what has no answer of its own. It is sent once: if it gets lost with the connection, that's it. */
  async function pass(kind: BridgedMessage['kind'], body: string, id: RpcId | null = null): Promise<void> {
    await initializing;
    for (let lost: BridgeSession | undefined; ; ) {
      const session = keeper.current ?? {};
      const reached = await line.send({ method: 'POST', headers: { ...jsonHeaders, ...session }, body, signal, patienceMs });
      if (reached.kind !== 'answered') {
        log.warn(`a ${kind} got lost: the hub has gone.`);
        if (id !== null) await write(rpcError(id, serverError, reached.kind === 'away' ? reached.reason : 'The hub went away.'));
        return;
      }
      if ((reached.response.statusCode ?? 500) < 300) {
        for await (const { value } of readReceived(reached.response)) await write(value);
        return;
      }
      const { lostSession, error } = await readRefusal(reached.response);
      if (!lostSession || lost !== undefined) {
        log.warn(`the hub refused a ${kind === 'other' ? 'message' : kind}: ${String(error['message'])}`);
        if (kind === 'other') await write({ jsonrpc: '2.0', id, error });
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
      await pass('notification', writeExact({ ...notification, params: { ...params, requestId: cancelled.wireId } }));
    }
    cancelled.end();
  }

  async function handle(message: BridgedMessage, body: string): Promise<void> {
    const revision = revisionOf(message);
    if (message.kind === 'request') {
      if (Buffer.byteLength(body) > limits.bodyBytes) await write(rpcError(message.id, serverError, tooLarge));
      else if (revision !== undefined) await newer.make(message, body, revision);
      else if (message.method === 'initialize') await initialize(message, body);
      // It asks whether we are there. The hub may be away for a moment without the agent giving us up.
      else if (message.method === 'ping') await write({ jsonrpc: '2.0', id: message.id, result: {} });
      else await ask(message, body);
    } else if (message.kind === 'notification' && message.method === 'notifications/cancelled') {
      const id = readId(message.params['requestId']);
      if (!newer.cancel(id)) await cancel(id, message.value);
    } else if (revision === undefined) {
      await pass(message.kind, body, message.kind === 'other' ? message.id : null);
      if (message.kind === 'notification' && message.method === 'notifications/initialized') {
        following ??= followPushes({ line, keeper, write, clock, signal, log });
      }
    }
  }

  async function sayGoodbye(session: BridgeSession): Promise<void> {
    const leave = new AbortController();
    const timer = clock.after(goodbyeMs, () => leave.abort());
    const reached = await line.send({ method: 'DELETE', headers: session, signal: leave.signal, patienceMs: 0 });
    timer.dispose();
    if (reached.kind === 'answered') reached.response.resume();
  }

  return {
    receive(given) {
      // A byte order mark at the beginning counts as blank, as the half of a line end of Windows does.
      const text = given.trim();
      let message: BridgedMessage;
      try {
        message = readMessage(parseExact(text));
      } catch {
        void write(rpcError(idInText(text), -32_700, 'This line is not JSON.'));
        return;
      }
      const handled = handle(message, text).catch((error: unknown) => void (signal.aborted || log.warn(describeError(error))));
      const open = message.kind === 'request' ? asked : told;
      open.add(handled);
      void handled.finally(() => open.delete(handled));
    },
    async finish() {
      const inTime = new Promise<void>((resolve) => clock.after(lastAnswersMs, resolve));
      await Promise.race([Promise.all([...asked, ...told]), inTime]);
      await Promise.all([calls.giveUp(noLonger), newer.giveUp(noLonger)]);
      await Promise.all(asked);
    },
    async close() {
      closing.abort();
      calls.close();
      newer.close();
      if (keeper.current !== undefined) await sayGoodbye(keeper.current).catch(() => {});
    },
  };
}
