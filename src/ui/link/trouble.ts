import type { BoardStore } from '../../client/boardStore.ts';
import { portCodes } from '../../client/linkState.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { Trouble } from './api.ts';
import { type TroubleState, troubleRows, troubleState } from './troubleRows.ts';
import { type PortOwner, troubleLine } from './troubleText.ts';

/** Follows whether there is a hub. */
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
  /** Stays while the hub is tried again, so that nothing flickers. */
  let state: TroubleState | undefined;

  async function findHolder(found: TroubleState): Promise<void> {
    const { code, port } = found.failure;
    if (code !== 'port-taken' || port === undefined) return;
    const holder = await deps.portHolder(port);
    if (state?.failure !== found.failure || holder === undefined) return;
    state = { ...state, holder };
    changed.fire();
  }

  function check(): void {
    const { link } = board;
    if (link.kind === 'failed' && link !== state?.failure) {
      state = { ...state, failure: link };
      changed.fire();
      findHolder(state).catch(deps.report);
    } else if (state !== undefined && link.kind === 'live') {
      state = undefined;
      changed.fire();
    }
  }

  function sentence({ failure, holder }: TroubleState): string {
    return `${troubleLine(failure, holder, l10n)}.`;
  }

  store.add(followBoard(board, check));

  return {
    rows: (now) => (state === undefined ? [] : troubleRows(state, now, l10n)),
    state: (now) => (state === undefined ? undefined : troubleState(state, now, l10n)),
    onDidChange: changed.event,
    async tryAgain() {
      await deps.restartHub();
      if (board.link.kind !== 'failed' || state === undefined) return;
      state = { ...state, triedAt: timestamp(deps.clock) };
      changed.fire();
      const byPort = portCodes.has(state.failure.code);
      const buttons = [...(byPort ? [l10n.t('Use Another Port')] : []), l10n.t('Show Log')];
      const pressed = await prompts.toast('error', l10n.t('The hub still can’t run: {0}', sentence(state)), buttons);
      if (pressed === undefined) return;
      if (byPort && pressed === 0) await deps.useAnotherPort();
      else deps.showLog();
    },
    needsHub(command) {
      return async (...args) => {
        if (board.link.kind !== 'failed' || state === undefined) return command(...args);
        const pressed = await prompts.toast('error', l10n.t('The hub is not running: {0}', sentence(state)), [l10n.t('Fix…')]);
        if (pressed !== undefined) await deps.showNeedsYou();
      };
    },
    dispose: () => store.dispose(),
  };
}
