import type { IncomingMessage } from 'node:http';
import { bridgeHeader } from '../../protocol/mcpTasks.ts';
import { type RpcId, rpcError } from '../../protocol/rpc.ts';
import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import { writeExact } from '../../util/exactJson.ts';
import type { Logger } from '../../util/log.ts';
import { readReceived, readRefusal } from './answers.ts';
import type { HubLine, Reached } from './hubLine.ts';
import { isRepeatable, maxRepeats, repeatPauseMs, unknownOutcome } from './isRepeatable.ts';
import type { KeptLists } from './keptLists.ts';
import { createLastKnown, listsOf } from './lastKnown.ts';
import { headersOf } from './newerRequest.ts';
import { type RpcRequest, readMessage, serverError } from './rpc.ts';
import { jsonHeaders } from './sessionKeeper.ts';
import { sleep } from './sleep.ts';
import { presenceOf, stayPresent } from './stayPresent.ts';

/** An agent that speaks 2026-07-28: no session, and each request is one of its own. */
export interface NewerEra {
  /** Makes a request that stands in `body` as the agent wrote it. It gets one answer, unless the agent cancels it. */
  make(request: RpcRequest, body: string, revision: string): Promise<void>;
  /** The agent doesn't wait any longer. Tells whether there was such a request. */
  cancel(id: RpcId | undefined): boolean;
  /** Answers all of them with an error that says so. */
  giveUp(message: string): Promise<void>;
  /** The agent goes on in the older era, in which its session says that it is there. */
  leave(): void;
  close(): void;
}

export function createNewerEra(deps: {
  line: HubLine;
  write: (message: unknown) => Promise<void>;
  clock: Clock;
  log: Logger;
  /** By which the hub tells this agent from another one of the same name. */
  bridgeId: string;
  /** What the hub said last to bridges of this workspace. */
  kept: KeptLists;
  /** How long to wait for a hub that isn't there: with the first request, and with any other. Milliseconds. */
  patience: { discoverMs: number; otherMs: number };
}): NewerEra {
  const { line, write, clock, log, patience } = deps;
  const known = createLastKnown(deps.kept);
  const open = new Map<RpcId, AbortController>();
  const closing = new AbortController();
  let presence: AbortController | undefined;

  const send = (request: RpcRequest, body: string, revision: string, signal: AbortSignal, patienceMs: number): Promise<Reached> => {
    const headers = { ...jsonHeaders, ...headersOf(request, revision), [bridgeHeader]: deps.bridgeId };
    return line.send({ method: 'POST', headers, body, signal, patienceMs });
  };

  /** With the first request of the agent: says that it is there, and asks for what may be asked while the hub is away. */
  function begin(request: RpcRequest, revision: string): void {
    if (presence !== undefined) return;
    presence = new AbortController();
    const signal = AbortSignal.any([presence.signal, closing.signal]);
    const stay = presenceOf(request);
    const post = (): Promise<Reached> => send(stay, writeExact(stay.value), revision, signal, Number.POSITIVE_INFINITY);
    const background = [stayPresent({ post, clock, signal }), ...listsOf(request).map((list) => learnList(list, revision, signal))];
    for (const each of background) {
      each.catch((error: unknown) => signal.aborted || log.warn(describeError(error)));
    }
  }

  async function learnList(request: RpcRequest, revision: string, signal: AbortSignal): Promise<void> {
    const reached = await send(request, writeExact(request.value), revision, signal, patience.otherMs);
    if (reached.kind !== 'answered') return;
    for await (const { value } of readReceived(reached.response)) {
      const message = readMessage(value);
      if (message.kind === 'response' && 'result' in message.value) known.learn(request, message.value['result']);
    }
  }

  /** Passes on what the answer holds. Tells whether the result was in it. */
  async function relay(request: RpcRequest, response: IncomingMessage): Promise<boolean> {
    if (response.statusCode !== 200) {
      const { error } = await readRefusal(response);
      await write({ jsonrpc: '2.0', id: request.id, error });
      return true;
    }
    for await (const { value } of readReceived(response)) {
      if (value === undefined) continue;
      const message = readMessage(value);
      const isAnswer = message.kind === 'response' && message.id === request.id;
      if (isAnswer && 'result' in message.value) known.learn(request, message.value['result']);
      await write(value);
      if (isAnswer) return true;
    }
    return false;
  }

  async function converse(request: RpcRequest, body: string, revision: string, signal: AbortSignal): Promise<void> {
    for (let repeats = 0; ; repeats += 1) {
      const result = known.find(request);
      const patienceMs = result !== undefined ? 0 : isPatient(request) ? patience.otherMs : patience.discoverMs;
      const reached = await send(request, body, revision, signal, patienceMs);
      if (reached.kind === 'answered' && (await relay(request, reached.response))) return;
      signal.throwIfAborted();
      // It is away, or has just gone.
      if (result !== undefined) {
        await write({ jsonrpc: '2.0', id: request.id, result });
        return;
      }
      if (reached.kind === 'away') {
        await write(rpcError(request.id, serverError, `${reached.reason} This call was not made.`));
        return;
      }
      if (repeats === maxRepeats || !isRepeatable(request)) {
        await write(rpcError(request.id, serverError, unknownOutcome));
        return;
      }
      await sleep(clock, repeatPauseMs, signal);
    }
  }

  return {
    async make(request, body, revision) {
      const abort = new AbortController();
      const signal = AbortSignal.any([abort.signal, closing.signal]);
      open.set(request.id, abort);
      try {
        begin(request, revision);
        await converse(request, body, revision, signal);
      } catch (error) {
        if (!signal.aborted) await write(rpcError(request.id, serverError, describeError(error)));
      } finally {
        if (open.get(request.id) === abort) open.delete(request.id);
      }
    },
    cancel(id) {
      const abort = id === undefined ? undefined : open.get(id);
      if (id === undefined || abort === undefined) return false;
      open.delete(id);
      abort.abort();
      return true;
    },
    async giveUp(message) {
      for (const [id, abort] of open) {
        abort.abort();
        await write(rpcError(id, serverError, message));
      }
    },
    leave() {
      presence?.abort();
      presence = undefined;
    },
    close: () => closing.abort(),
  };
}

/** Agents give up soon on a server that doesn't say what it can do, and a poll comes again. */
function isPatient({ method }: RpcRequest): boolean {
  return method !== 'server/discover' && method !== 'tasks/get';
}
