import type { Clock } from '../util/clock.ts';
import { Emitter, type Listen } from '../util/emitter.ts';
import { describeError, UserError } from '../util/errors.ts';
import { type Disposable, DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { createBackoff } from './backoff.ts';
import type { HubAddress } from './hubAddress.ts';
import type { LinkState } from './linkState.ts';

/** What came of starting a hub. */
export type StartedHub =
  /** It runs here, until `ended`. */
  | { kind: 'listening'; url: string; stop: () => Promise<void>; ended: Promise<void> }
  /** Another window runs it. */
  | { kind: 'elsewhere'; url: string }
  /** `reason` is a sentence for the person. */
  | { kind: 'failed'; reason: string };

/** Starts a hub with the person's token, or finds out why it can't be done. */
export type StartHub = (token: string) => Promise<StartedHub>;

/** Which hub this window belongs to: its own, or that of another window until that one goes. */
export interface HubLink extends Disposable {
  /** Where the hub is; waits while one is being started. Fails with a `UserError` once it is clear that there is none. */
  address(): Promise<HubAddress>;
  readonly onDidChangeAddress: Listen<void>;
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
  const changed = owned.add(new Emitter<void>((error) => log.error(describeError(error))));
  const backoff = createBackoff(deps.random);
  let found = Promise.withResolvers<HubAddress>();
  let hub: StartedHub | undefined;
  let starting: Promise<void> | undefined;

  async function begin(): Promise<void> {
    deps.report({ kind: 'starting' });
    try {
      const token = await deps.token();
      const started = await deps.startHub(token);
      if (started.kind === 'failed') fail(started.reason);
      else await adopt(started, token);
    } catch (error) {
      fail(`The hub could not be started: ${describeError(error)}. Run “AgentRQ: Restart Hub”, or look at its log.`);
    }
  }

  /** There is no hub until somebody starts it again; whoever waits for it is told so. */
  function fail(reason: string): void {
    found.promise.catch(() => {});
    found.reject(new UserError(reason));
    if (!owned.disposed) deps.report({ kind: 'failed', reason });
  }

  /** This is the hub from now on. */
  async function adopt(started: Exclude<StartedHub, { kind: 'failed' }>, token: string): Promise<void> {
    if (owned.disposed) {
      if (started.kind === 'listening') await started.stop();
      return;
    }
    hub = started;
    if (started.kind === 'listening') void started.ended.then(() => comeBack(started));
    log.info(
      started.kind === 'listening' ? `the hub runs in this window, at ${started.url}` : `the hub of another window is at ${started.url}`,
    );
    found.resolve({ url: started.url, token });
    changed.fire();
  }

  /** Whoever gets the port is the hub. As long as another has it, nothing changes here, and the stream goes on trying. */
  async function tryToLead(): Promise<void> {
    const token = await deps.token();
    const started = await deps.startHub(token);
    if (started.kind !== 'listening') return;
    forget();
    await adopt(started, token);
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
    found = Promise.withResolvers<HubAddress>();
  }

  /** The thread ended though nobody asked for it. */
  function comeBack(ended: StartedHub): void {
    if (owned.disposed || hub !== ended) return;
    log.warn('the hub ended unexpectedly; it is started again');
    forget();
    owned.add(deps.clock.after(backoff.next(), () => void start()));
  }

  async function stop(): Promise<void> {
    await starting;
    const running = hub;
    forget();
    if (running?.kind === 'listening') await running.stop();
  }

  return {
    address: () => found.promise,
    onDidChangeAddress: changed.event,
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
    dispose: () => owned.dispose(),
  };
}
