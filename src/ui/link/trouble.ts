import type { BoardStore } from '../../client/boardStore.ts';
import { portCodes } from '../../client/linkState.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { Trouble } from './api.ts';
import { type FailedHub, type NoHub, troubleState } from './troubleState.ts';
import { type PortOwner, troubleLine } from './troubleText.ts';

/** Follows whether there is a hub, and whether this window reaches it. */
export function createTrouble(deps: {
  board: BoardStore;
  prompts: Pick<Prompts, 'toast'>;
  /** Who listens on a port, as far as that can be seen. */
  portHolder(port: number): Promise<PortOwner | undefined>;
  restartHub(): Promise<void>;
  useAnotherPort(): Promise<void>;
  showLog(): void;
  /** Shows *Needs You*. */
  showNeedsYou(): Promise<void>;
  report(error: unknown): void;
  clock: Clock;
  l10n: L10n;
}): Trouble {
  const { board, prompts, l10n } = deps;
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>(deps.report));
  let state: NoHub | undefined;

  function set(next: NoHub | undefined): void {
    if (next === state) return;
    state = next;
    changed.fire();
  }

  const failed = (): FailedHub | undefined => (state?.kind === 'failed' ? state : undefined);
  const failedNow = (): FailedHub | undefined => (board.link.kind === 'failed' ? failed() : undefined);

  async function findHolder({ failure }: FailedHub): Promise<void> {
    const { code, port } = failure;
    if (code !== 'port-taken' || port === undefined) return;
    const holder = await deps.portHolder(port);
    const now = failed();
    if (holder !== undefined && now?.failure === failure) set({ ...now, holder });
  }

  function check(): void {
    const { link } = board;
    const before = failed();
    if (link.kind === 'failed') {
      if (link === before?.failure) return;
      const found: FailedHub = { ...before, kind: 'failed', failure: link };
      set(found);
      findHolder(found).catch(deps.report);
    } else if (link.kind === 'live') set(undefined);
    // Each attempt sets `starting` or `connecting`. What is said stays until one has succeeded, so that nothing flickers.
    else if (link.kind === 'waiting' && state === undefined) set({ kind: 'lost' });
  }

  function sentence({ failure, holder }: FailedHub): string {
    return `${troubleLine(failure, holder, l10n)}.`;
  }

  store.add(followBoard(board, check));

  return {
    state: (now) => (state === undefined ? undefined : troubleState(state, now, l10n)),
    onDidChange: changed.event,
    async tryAgain() {
      await deps.restartHub();
      const still = failedNow();
      if (still === undefined) return;
      set({ ...still, triedAt: timestamp(deps.clock) });
      const byPort = portCodes.has(still.failure.code);
      const buttons = [...(byPort ? [l10n.t('Use Another Port')] : []), l10n.t('Show Log')];
      const pressed = await prompts.toast('error', l10n.t('The hub still can’t run: {0}', sentence(still)), buttons);
      if (pressed === undefined) return;
      if (byPort && pressed === 0) await deps.useAnotherPort();
      else deps.showLog();
    },
    needsHub(command) {
      return async (...args) => {
        const why = failedNow();
        if (why === undefined) return command(...args);
        const pressed = await prompts.toast('error', l10n.t('The hub is not running: {0}', sentence(why)), [l10n.t('Fix…')]);
        if (pressed !== undefined) await deps.showNeedsYou();
      };
    },
    dispose: () => store.dispose(),
  };
}
