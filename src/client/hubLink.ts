import type { Clock } from '../util/clock.ts';
import { Emitter, type Listen } from '../util/emitter.ts';
import { describeError, UserError } from '../util/errors.ts';
import { type Disposable, DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { inEnglish, type Sentence, translatable } from '../util/sentence.ts';
import { createBackoff, steadyMs } from './backoff.ts';
import type { HubAddress } from './hubAddress.ts';
import { type LinkState, portCodes } from './linkState.ts';

/** What came of starting a hub. */
export type StartedHub =
  /** It runs here, until `ended`. */
  | { kind: 'listening'; url: string; stop: () => Promise<void>; ended: Promise<void> }
  /** Another window runs it. */
  | { kind: 'elsewhere'; url: string }
  /**
   * `reason` is a sentence for the person, `code` and `port` tell the same to whoever has other words for it. `lasting`: this editor will
   * never do better, so it isn't tried again.
   */
  | { kind: 'failed'; reason: Sentence; lasting: boolean; code?: string | undefined; port?: number | undefined };

type RunningHub = Exclude<StartedHub, { kind: 'failed' }>;

/** Starts a hub with the person's token, or finds out why it can't be done. */
export type StartHub = (token: string) => Promise<StartedHub>;

/** Which hub this window belongs to: its own, or that of another window until that one goes. */
export interface HubLink extends Disposable {
  /** Where the hub is; waits while one is being started. Fails with a `UserError` once it is clear that there is none. */
  address(): Promise<HubAddress>;
  readonly onDidChangeAddress: Listen<void>;
  /** A hub that had gone silent is there again, at the same address: in this window, or in another one. */
  readonly onDidReturn: Listen<void>;
  /** Starts a hub, or joins the one that runs. */
  start(): Promise<void>;
  /** Stops the hub if it runs in this window, and starts again. */
  restart(): Promise<void>;
  /** The hub of another window has gone silent: this window tries to take its place. */
  takeOver(): Promise<void>;
  /** Stops the hub if it runs in this window. */
  stop(): Promise<void>;
}

export function createHubLink(deps: {
  startHub: StartHub;
  /** The person's token, the same in every window. */
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
  const backoff = createBackoff(deps.random);
  let found = Promise.withResolvers<HubAddress>();
  let hub: RunningHub | undefined;
  let starting: Promise<void> | undefined;
  /** Why there is none, as long as there is none. */
  let failure: string | undefined;
  let retry: Disposable | undefined;

  async function begin(): Promise<void> {
    retry?.dispose();
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
        lasting: false,
      });
    }
  }

  /** There is no hub; whoever waits for it is told so. What stood in its way may pass, so it is tried again without a word. */
  function fail({ reason, lasting, code, port }: Omit<Extract<StartedHub, { kind: 'failed' }>, 'kind'>): void {
    if (owned.disposed) return;
    if (inEnglish(reason) !== failure) {
      if (failure !== undefined) forget();
      found.promise.catch(() => {});
      found.reject(new UserError(reason));
      failure = inEnglish(reason);
      deps.report({ kind: 'failed', reason, ...(code !== undefined && { code }), ...(port !== undefined && { port }) });
    }
    if (!lasting) startLater();
  }

  /** This is the hub from now on. */
  async function adopt(started: RunningHub, token: string): Promise<void> {
    if (owned.disposed) {
      if (started.kind === 'listening') await started.stop();
      return;
    }
    const isSame = hub?.url === started.url;
    // Whoever waits for the first one waits for this.
    if (!isSame && (hub ?? failure) !== undefined) forget();
    hub = started;
    const at = deps.clock.now();
    if (started.kind === 'listening') void started.ended.then(() => comeBack(started, at));
    log.info(
      started.kind === 'listening' ? `the hub runs in this window, at ${started.url}` : `the hub of another window is at ${started.url}`,
    );
    found.resolve({ url: started.url, token });
    (isSame ? returned : changed).fire();
  }

  /** Whoever gets the folder is the hub. If another has it nothing changes here, but that it is there, or has moved. */
  async function tryToLead(): Promise<void> {
    const token = await deps.token();
    const started = await deps.startHub(token);
    if (started.kind !== 'failed') {
      await adopt(started, token);
      return;
    }
    log.warn(`this window can't take the hub's place: ${inEnglish(started.reason)}`);
    if (owned.disposed || !portCodes.has(started.code)) return;
    // Another program has the port that the user has set: it doesn't pass by itself.
    forget();
    fail(started);
  }

  /** Only one start at a time, whoever asks for it. */
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

  /** The thread ended though nobody asked for it. */
  function comeBack(ended: StartedHub, startedAt: number): void {
    if (owned.disposed || hub !== ended) return;
    log.warn('the hub ended unexpectedly; it is started again');
    forget();
    if (deps.clock.now() - startedAt >= steadyMs) backoff.reset();
    startLater();
  }

  function startLater(): void {
    retry = deps.clock.after(backoff.next(), () => void start());
  }

  async function stop(): Promise<void> {
    await starting;
    retry?.dispose();
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
      starting ??= tryToLead().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    stop,
    dispose() {
      retry?.dispose();
      owned.dispose();
    },
  };
}
