import { HubError, type HubErrorCode, hubErrors } from '../protocol/hubErrors.ts';
import type { Attachment } from '../protocol/model.ts';
import { unprovenHub } from '../protocol/names.ts';
import type { Operation } from '../protocol/operation.ts';
import type { OperationInput, OperationName, OperationOutput } from '../protocol/operations.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { attempt, UserError } from '../util/errors.ts';
import type { Fetch } from '../util/fetch.ts';
import { translatable } from '../util/sentence.ts';
import type { Call } from './buildCall.ts';
import type { FileToSend } from './buildUpload.ts';
import type { HubAddress } from './linkState.ts';
import { loadWire, type Wire } from './loadWire.ts';

/**
 * The operations of the hub. Each call fails with a `HubError` if the hub rejects it, and with a `UserError` if the hub can't be reached.
 */
export interface HubApi {
  call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
  /** Uploads a file, which a message or task can then reference. Fails like `call`. */
  upload(workspaceId: string, file: FileToSend): Promise<Attachment>;
  /** Downloads an attachment of this workspace. Fails like `call`. */
  download(workspaceId: string, attachmentId: string): Promise<ArrayBuffer>;
}

export function createHubApi(deps: {
  /** Called before each request, because the hub may have moved. */
  address: () => Promise<HubAddress>;
  fetch: Fetch;
  /** The time limit of one request, in milliseconds. Default 10 s. */
  timeoutMs?: number;
  /** Default: the system clock. */
  clock?: Clock;
}): HubApi {
  const { address, fetch, timeoutMs = 10_000, clock = systemClock } = deps;

  /** Sends a request and returns the body of the response. Fails if the hub rejects it or can't be reached. */
  async function send(wire: Wire, callAt: (address: HubAddress) => Call): Promise<ArrayBuffer> {
    const { ok, bytes } = await fetchFrom(callAt);
    if (!ok) throw refusal(wire, parseJson(bytes));
    return bytes;
  }

  async function fetchFrom(callAt: (address: HubAddress) => Call): Promise<{ ok: boolean; bytes: ArrayBuffer }> {
    const until = clock.now() + handoverMs;
    for (let isFirst = true; ; isFirst = false) {
      try {
        const { url, init } = callAt(await address());
        const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
        if (response.status === lateStatus) {
          if (isFirst) continue;
          throw new Error('the request did not arrive in time');
        }
        return { ok: response.ok, bytes: await response.arrayBuffer() };
      } catch (error) {
        if (error instanceof UserError) throw error;
        if (!isRefused(error) || clock.now() >= until) throw unreachable(error, timeoutMs);
        await new Promise<void>((resolve) => clock.after(againMs, resolve));
      }
    }
  }

  return {
    async call(name, input) {
      const wire = await loadWire();
      const operation: Operation = wire.operations[name];
      const members: Record<string, unknown> = { ...input };
      const body = parseJson(await send(wire, (to) => wire.buildCall(operation, members, to)));
      const parsed = operation.output.safeParse(body);
      if (!parsed.success) throw new UserError(notUnderstood, { cause: parsed.error });
      // The table relates the name to its schema, but a lookup by a type parameter loses that relation.
      return parsed.data as OperationOutput<typeof name>;
    },
    async upload(workspaceId, file) {
      const wire = await loadWire();
      const parsed = wire.uploadedSchema.safeParse(parseJson(await send(wire, (to) => wire.buildUpload(workspaceId, file, to))));
      if (!parsed.success) throw new UserError(notUnderstood, { cause: parsed.error });
      return parsed.data.attachment;
    },
    async download(workspaceId, attachmentId) {
      const wire = await loadWire();
      return await send(wire, (to) => wire.buildDownload(workspaceId, attachmentId, to));
    },
  };
}

// While a hub moves to another window or restarts, requests are retried for this long.
const handoverMs = 5_000;
const againMs = 100;

/**
 * The hub's answer to a request that did not arrive whole in time, as on a machine that stood still. The hub has done nothing then.
 * RFC 9110, 15.5.9: the client "MAY repeat that request".
 */
const lateStatus = 408;

/** Nothing listens at the address, or what listens has not proven to be the hub. Nothing was sent, so the request can be repeated. */
function isRefused(error: unknown): boolean {
  return hasCode(error, 'ECONNREFUSED') || hasCode(error, unprovenHub);
}

const notUnderstood = translatable(
  'The hub’s answer can’t be understood: it may be of another version. Run “AgentRQ: Restart Hub”, or look at its log.',
);

function unreachable(error: unknown, timeoutMs: number): UserError {
  if (hasCode(error, unprovenHub)) {
    return new UserError(
      translatable(
        'What answers where your hub was is another program, so it was sent nothing. Run “AgentRQ: Restart Hub”, or look at its log.',
      ),
      { cause: error, code: unprovenHub },
    );
  }
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return new UserError(
    isTimeout
      ? translatable('The hub doesn’t answer within {0} s. Run “AgentRQ: Restart Hub”, or look at its log.', timeoutMs / 1_000)
      : translatable('The hub doesn’t answer. Run “AgentRQ: Restart Hub”, or look at its log.'),
    { cause: error },
  );
}

/** The error in a response that is not a success. */
function refusal(wire: Wire, body: unknown): HubError | UserError {
  const parsed = wire.errorBodySchema.safeParse(body);
  if (!parsed.success) return new UserError(notUnderstood, { cause: parsed.error });
  const { code, message } = parsed.data.error;
  return new HubError(isHubErrorCode(code) ? code : 'internal', message);
}

function isHubErrorCode(code: string): code is HubErrorCode {
  return Object.hasOwn(hubErrors, code);
}

function parseJson(bytes: ArrayBuffer): unknown {
  return attempt((): unknown => JSON.parse(new TextDecoder().decode(bytes)));
}

/** Whether the error or one of its causes has this code. */
function hasCode(error: unknown, code: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === code) return true;
  }
  return false;
}
