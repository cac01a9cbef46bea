import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../../protocol/rpc.ts';
import { UserError } from '../../util/errors.ts';
import { writeExact } from '../../util/exactJson.ts';
import { asItIs, translatable } from '../../util/sentence.ts';
import { readReceived, readRefusal } from './answers.ts';
import type { HubLine } from './hubLine.ts';
import type { RpcRequest } from './rpc.ts';

/** A session of the hub's, as the headers that name it. */
export type BridgeSession = Readonly<Record<string, string>>;

/** Keeps the session of the agent. The hub's sessions outlive it; if it has lost one nevertheless, the agent need not know. */
export interface SessionKeeper {
  /** `undefined` before the agent has initialized. */
  readonly current: BridgeSession | undefined;
  /** The hub has answered the agent's `initialize`. */
  begin(initialize: RpcRequest, headers: IncomingHttpHeaders, result: unknown): void;
  /**
   * Begins another session, as the agent began the one that was lost. All calls that lost the same session get the same new one.
   * @throws UserError
   */
  renew(lost: BridgeSession): Promise<void>;
}

/** What goes with every message. */
export const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' } as const;

const initialized = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });

export function createSessionKeeper(deps: { line: HubLine; signal: AbortSignal; patienceMs: number }): SessionKeeper {
  const { line, signal, patienceMs } = deps;
  let current: BridgeSession | undefined;
  let initialize: RpcRequest | undefined;
  let renewing: Promise<void> | undefined;
  let renewed = 0;

  async function post(body: string, session: BridgeSession = {}) {
    const reached = await line.send({ method: 'POST', headers: { ...jsonHeaders, ...session }, body, signal, patienceMs });
    if (reached.kind === 'answered') return reached.response;
    throw new UserError(reached.kind === 'away' ? asItIs(reached.reason) : translatable('The AgentRQ hub went away. Repeat the call.'));
  }

  async function beginAgain(): Promise<void> {
    renewed += 1;
    const id = `agentrq-bridge-${renewed}`;
    const response = await post(writeExact({ ...initialize?.value, id }));
    if (response.statusCode !== 200) {
      const { error } = await readRefusal(response);
      throw new UserError(asItIs(String(error['message'])));
    }
    for await (const { value } of readReceived(response)) {
      if (isObject(value) && value['id'] === id) current = sessionOf(response.headers, value['result']);
    }
    (await post(initialized, current)).resume();
  }

  return {
    get current() {
      return current;
    },
    begin(request, headers, result) {
      initialize = request;
      current = sessionOf(headers, result);
    },
    async renew(lost) {
      if (current !== lost) return;
      renewing ??= beginAgain().finally(() => (renewing = undefined));
      await renewing;
    },
  };
}

function sessionOf(headers: IncomingHttpHeaders, result: unknown): BridgeSession {
  const id = headers['mcp-session-id'];
  const version = isObject(result) ? result['protocolVersion'] : undefined;
  return {
    ...(typeof id === 'string' && { 'mcp-session-id': id }),
    ...(typeof version === 'string' && { 'mcp-protocol-version': version }),
  };
}
