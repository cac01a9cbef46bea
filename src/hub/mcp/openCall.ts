import type { IncomingMessage, ServerResponse } from 'node:http';
import { resumeMs, waitHeader } from '../../protocol/limits.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { whenClosed } from '../http/whenClosed.ts';
import type { Agents } from '../service/agents.ts';
import type { Caller } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { createExchange, type Exchange } from '../service/exchange.ts';
import type { StreamOwner } from './legacy/eventStore.ts';

/** The requests of one POST, until their answers have left. */
export interface OpenCall extends StreamOwner {
  exchange: Exchange;
  /** From now on it is this response that carries the answers. An earlier one doesn't count any more. */
  carryBy(response: ServerResponse): void;
}

export interface OpenCallDeps {
  context: ServiceContext;
  agents: Agents;
}

/**
 * A POST of `caller` has come.
 * @param requests those in it
 * @param resumable its answers are kept, so it goes on for a while without its connection, and the agent may come back for them
 */
export function openCall(
  { context, agents }: OpenCallDeps,
  post: IncomingMessage,
  { caller, requests, resumable }: { caller: Caller; requests: readonly { id: string | number; method: string }[]; resumable: boolean },
): OpenCall {
  const gone = new AbortController();
  const exchange = createExchange(context, { caller, signal: gone.signal, promisedWait: promisedWait(post) });
  let carrier: ServerResponse | undefined;
  let unanswered = requests.length;
  let hasStream = false;
  let giveUp: Disposable | undefined;

  function onClose(response: ServerResponse): void {
    if (carrier !== response) return;
    carrier = undefined;
    // A stream that was ended by us before all was said (its session is closed) has not carried it.
    if (response.writableFinished && (!resumable || unanswered <= 0)) {
      exchange.sent();
      gone.abort();
      return;
    }
    const mayComeBack = resumable && hasStream && !response.writableFinished;
    exchange.lost(mayComeBack);
    if (mayComeBack) giveUp = context.clock.after(resumeMs, () => gone.abort());
    else gone.abort();
  }

  return {
    exchange,
    toolCalls: requests.filter(({ method }) => method === 'tools/call').map(({ id }) => id),
    get unanswered() {
      return unanswered;
    },
    streamed() {
      hasStream = true;
    },
    answered() {
      unanswered -= 1;
    },
    carryBy(response) {
      giveUp?.dispose();
      exchange.resumed();
      carrier = response;
      const leave = agents.present(caller);
      whenClosed(response, () => {
        leave();
        onClose(response);
      });
    },
  };
}

/** What the config entry of a client says that it lets a call wait, in seconds. */
export function promisedWait(request: IncomingMessage): number | undefined {
  const value = request.headers[waitHeader];
  return typeof value === 'string' ? Number(value) : undefined;
}
