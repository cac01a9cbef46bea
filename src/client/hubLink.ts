import type { Clock } from '../util/clock.ts';
import { Emitter, type Listen } from '../util/emitter.ts';
import { describeError, UserError } from '../util/errors.ts';
import { type Disposable, DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { inEnglish, type Sentence, translatable } from '../util/sentence.ts';
import type { HubAddress } from './linkState.ts';
import { type LinkState, portCodes } from './linkState.ts';
import { createRetry } from './retry.ts';

/** The result of starting a hub. */
export type StartedHub =
  /** It runs in this window until `ended` resolves. */
  | { kind: 'listening'; url: string; stop: () => Promise<void>; ended: Promise<void> }
  /** Another window runs it. */
  | { kind: 'elsewhere'; url: string }
  /**
   * It could not be started. `reason` is a sentence for the user; `code` and `port` describe the failure to code. `permanent`: retrying is
   * useless in this editor.
   */
  | { kind: 'failed'; reason: Sentence; permanent: boolean; code?: string | undefined; port?: number | undefined };

type RunningHub = Exclude<StartedHub, { kind: 'failed' }>;

/** Starts a hub that accepts the user's token. */
export type StartHub = (token: string) => Promise<StartedHub>;

/** The hub of this window: its own, or that of another window until that one ends. */
export interface HubLink extends Disposable {
  /** The address of the hub. Waits while one is being started, and fails with a `UserError` once it is clear that there is none. */
  address(): Promise<HubAddress>;
  readonly onDidChangeAddress: Listen<void>;
  /** The hub is back at the same address, in this window or another one. */
  readonly onDidReturn: Listen<void>;
  /** Starts a hub, or joins one that runs already. */
  start(): Promise<void>;
  /** Stops the hub if it runs in this window, then starts it again. */
  restart(): Promise<void>;
  /** The hub of another window stopped responding: tries to run the hub in this window. */
  takeOver(): Promise<void>;
  /** Stops the hub if it runs in this window. */
  stop(): Promise<void>;
}

export function createHubLink(deps: {
  startHub: StartHub;
  /** The user's token, the same in every window. */
  token: () => Promise<string>;
  report: (state: Extract<LinkState, { kind: 'starting' | 'failed' }>) => void;
  clock: Clock;
  random: () => number;
  log: Logger;
}): HubLink {
  const { log } = deps;
  const owned = new DisposableStore();
  const onError = (error: unknown): void => log.error(describeError(error));
  const changed = owned.add(new Emitter<void>(onError));
  const returned = owned.add(new Emitter<void>(onError));
  const retry = createRetry(deps, () => void start());
  let found = Promise.withResolvers<HubAddress>();
  let hub: RunningHub | undefined;
  let starting: Promise<void> | undefined;
  /** Why there is no hub, while there is none. */
  let failure: string | undefined;

  async function begin(): Promise<void> {
    retry.cancel();
    if (failure === undefined) deps.report({ kind: 'starting' });
    try {
      const token = await deps.token();
      const started = await deps.startHub(token);
      if (started.kind === 'failed') fail(started);
      else await adopt(started, token);
    } catch (error) {
      const reason = describeError(error);
      fail({
        reason: translatable('The hub could not be started: {0}. Run “AgentRQ: Restart Hub”, or look at its log.', reason),
        permanent: false,
      });
    }
  }

  /**
   * No hub: rejects pending callers of `address`. Unless the failure is permanent it retries, and reports again only if the reason changes.
   */
  function fail({ reason, permanent, code, port }: Omit<Extract<StartedHub, { kind: 'failed' }>, 'kind'>): void {
    if (owned.disposed) return;
    if (inEnglish(reason) !== failure) {
      if (failure !== undefined) forget();
      found.promise.catch(() => {});
      found.reject(new UserError(reason));
      failure = inEnglish(reason);
      deps.report({ kind: 'failed', reason, ...(code !== undefined && { code }), ...(port !== undefined && { port }) });
    }
    if (!permanent) retry.later();
  }

  /** Makes this the hub of the window. */
  async function adopt(started: RunningHub, token: string): Promise<void> {
    if (owned.disposed) {
      if (started.kind === 'listening') await started.stop();
      return;
    }
    const isSame = hub?.url === started.url;
    // Callers that wait for the first hub get this one.
    if (!isSame && (hub ?? failure) !== undefined) forget();
    hub = started;
    const at = deps.clock.now();
    if (started.kind === 'listening') void started.ended.then(() => restartAfterExit(started, at));
    log.info(
      started.kind === 'listening' ? `the hub runs in this window, at ${started.url}` : `the hub of another window is at ${started.url}`,
    );
    found.resolve({ url: started.url, token });
    (isSame ? returned : changed).fire();
  }

  /** Tries to lock the home folder, which makes this window the hub. If another window has the lock, only the address may change. */
  async function tryTakeOver(): Promise<void> {
    const token = await deps.token();
    const started = await deps.startHub(token);
    if (started.kind !== 'failed') {
      await adopt(started, token);
      return;
    }
    log.warn(`this window can't take the hub's place: ${inEnglish(started.reason)}`);
    if (owned.disposed || !portCodes.has(started.code)) return;
    // Another program has the port that the user configured, which does not resolve by itself.
    forget();
    fail(started);
  }

  /** Concurrent calls share one start. */
  function start(): Promise<void> {
    starting ??= begin().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  function forget(): void {
    hub = undefined;
    failure = undefined;
    found = Promise.withResolvers<HubAddress>();
  }

  /** Restarts the hub after its thread ended unexpectedly. */
  function restartAfterExit(ended: StartedHub, startedAt: number): void {
    if (owned.disposed || hub !== ended) return;
    log.warn('the hub ended unexpectedly; it is started again');
    forget();
    retry.lasted(deps.clock.now() - startedAt);
    retry.later();
  }

  async function stop(): Promise<void> {
    await starting;
    retry.cancel();
    const running = hub;
    forget();
    if (running?.kind === 'listening') await running.stop();
  }

  return {
    address: () => found.promise,
    onDidChangeAddress: changed.event,
    onDidReturn: returned.event,
    start,
    async restart() {
      await stop();
      await start();
    },
    async takeOver() {
      if (hub?.kind !== 'elsewhere') return;
      starting ??= tryTakeOver().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    stop,
    dispose() {
      retry.cancel();
      owned.dispose();
    },
  };
}
