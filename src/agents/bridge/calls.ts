import type { IncomingMessage } from 'node:http';
import { type RpcId, rpcError } from '../../protocol/rpc.ts';
import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import { writeExact } from '../../util/exactJson.ts';
import { readReceived, readRefusal } from './answers.ts';
import type { HubLine } from './hubLine.ts';
import { isRepeatable, maxRepeats, repeatPauseMs, unknownOutcome } from './isRepeatable.ts';
import { type RpcRequest, readMessage, serverError } from './rpc.ts';
import { type BridgeSession, jsonHeaders, type SessionKeeper } from './sessionKeeper.ts';
import { sleep } from './sleep.ts';

/** The requests of the agent, each from its line to its answer: every one gets exactly one, unless the agent cancels it. */
export interface Calls {
  /** Makes a request that stands in `body` as the agent wrote it. */
  make(request: RpcRequest, body: string, options?: CallOptions): Promise<void>;
  /** The agent doesn't wait any longer. Returns the id by which the hub knows the request, if it does. */
  cancel(id: unknown): { wireId: RpcId | undefined; end(): void } | undefined;
  /** Answers all of them with an error that says so. */
  giveUp(message: string): Promise<void>;
  /** Ends all of them, without an answer. */
  close(): void;
}

interface CallOptions {
  /** How long to wait for a hub that isn't there. Milliseconds. */
  patienceMs?: number;
  /** The hub has answered with a result, which the agent gets next. */
  onResult?: (response: IncomingMessage, result: unknown) => void;
}

interface Call {
  request: RpcRequest;
  onResult: CallOptions['onResult'];
  /** The id by which the hub knows it: another one each time, so that no late answer is taken for that of the repetition. */
  wireId: RpcId;
  session: BridgeSession;
  /** The hub has begun to answer. */
  reached: boolean;
  lastEventId: string | undefined;
  abort: AbortController;
}

/** How often a stream is asked for in vain before its answer is given up. */
const maxResumes = 5;

export function createCalls(deps: {
  line: HubLine;
  keeper: SessionKeeper;
  write: (message: unknown) => Promise<void>;
  clock: Clock;
  patienceMs: number;
}): Calls {
  const { line, keeper, write, clock } = deps;
  const open = new Map<unknown, Call>();
  let repeated = 0;

  async function settle(call: Call, answer: unknown): Promise<void> {
    if (open.get(call.request.id) !== call) return;
    open.delete(call.request.id);
    await write(answer);
  }

  const fail = (call: Call, message: string): Promise<void> => settle(call, rpcError(call.request.id, serverError, message));

  /** Passes on what the answer holds, to its end. Tells whether the call is over. */
  async function relay(call: Call, response: IncomingMessage, { resumed }: { resumed: boolean }): Promise<boolean> {
    for await (const { value, eventId } of readReceived(response)) {
      call.lastEventId = eventId ?? call.lastEventId;
      if (value === undefined) continue;
      const message = readMessage(value);
      if (message.kind !== 'response') await write(value);
      if (message.kind !== 'response' || message.id !== call.wireId) continue;
      // What the hub has kept has an id. Without one, this is what it says to agents whose answer it has not kept.
      if (resumed && eventId === undefined) return false;
      if ('result' in message.value) call.onResult?.(response, message.value['result']);
      await settle(call, { ...message.value, id: call.request.id });
    }
    return open.get(call.request.id) !== call;
  }

  /** The answer broke off: asks for the rest of its stream. */
  async function resume(call: Call): Promise<boolean> {
    for (let vain = 0; vain < maxResumes && call.lastEventId !== undefined; vain += 1) {
      const from = call.lastEventId;
      await sleep(clock, repeatPauseMs, call.abort.signal);
      const headers = { accept: 'text/event-stream', ...call.session, 'last-event-id': from };
      const reached = await line.send({ method: 'GET', headers, signal: call.abort.signal, patienceMs: deps.patienceMs });
      if (reached.kind === 'away') return false;
      if (reached.kind === 'broken') continue;
      if (reached.response.statusCode !== 200) {
        reached.response.resume();
        return false;
      }
      if (await relay(call, reached.response, { resumed: true })) return true;
      if (call.lastEventId !== from) vain = 0;
    }
    return false;
  }

  /** Tells whether the call is over; if it isn't, nobody knows what became of it. */
  async function attempt(call: Call, body: string, patienceMs: number): Promise<boolean> {
    for (let renewals = 0; ; renewals += 1) {
      // `initialize` begins a session, so it names none.
      call.session = (call.request.method === 'initialize' ? undefined : keeper.current) ?? {};
      const headers = { ...jsonHeaders, ...call.session };
      const reached = await line.send({ method: 'POST', headers, body, signal: call.abort.signal, patienceMs });
      if (reached.kind === 'broken') return false;
      if (reached.kind === 'away') {
        await fail(call, `${reached.reason} This call was not made.`);
        return true;
      }
      if (reached.response.statusCode === 200) {
        call.reached = true;
        return (await relay(call, reached.response, { resumed: false })) || (await resume(call));
      }
      const { lostSession, error } = await readRefusal(reached.response);
      if (!lostSession || renewals > 1) {
        await settle(call, { jsonrpc: '2.0', id: call.request.id, error });
        return true;
      }
      await keeper.renew(call.session);
    }
  }

  async function converse(call: Call, body: string, patienceMs: number): Promise<void> {
    let text = body;
    for (let repeats = 0; !(await attempt(call, text, patienceMs)); repeats += 1) {
      if (repeats === maxRepeats || !isRepeatable(call.request)) {
        await fail(call, unknownOutcome);
        return;
      }
      await sleep(clock, repeatPauseMs, call.abort.signal);
      repeated += 1;
      Object.assign(call, { wireId: `agentrq-again-${repeated}`, reached: false, lastEventId: undefined });
      text = writeExact({ ...call.request.value, id: call.wireId });
    }
  }

  return {
    async make(request, body, { patienceMs = deps.patienceMs, onResult } = {}) {
      const abort = new AbortController();
      const call: Call = { request, onResult, wireId: request.id, session: {}, reached: false, lastEventId: undefined, abort };
      open.set(request.id, call);
      try {
        await converse(call, body, patienceMs);
      } catch (error) {
        if (!abort.signal.aborted) await fail(call, describeError(error));
      }
    },
    cancel(id) {
      const call = open.get(id);
      if (call === undefined) return undefined;
      open.delete(id);
      return { wireId: call.reached ? call.wireId : undefined, end: () => call.abort.abort() };
    },
    async giveUp(message) {
      for (const call of open.values()) {
        await fail(call, message);
        call.abort.abort();
      }
    },
    close() {
      const calls = [...open.values()];
      open.clear();
      for (const { abort } of calls) abort.abort();
    },
  };
}
