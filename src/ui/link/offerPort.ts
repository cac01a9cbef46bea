import type { BoardStore } from '../../client/boardStore.ts';
import { type LinkState, portCodes } from '../../client/linkState.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { UserActivity } from '../notifications/api.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { failureSentence } from '../text/linkText.ts';

/** Offers another port where the hub can't have the one that it should have: once for each time, in the window that is looked at. */
export function offerPort(deps: {
  board: BoardStore;
  prompts: Pick<Prompts, 'toast'>;
  person: Pick<UserActivity, 'focused' | 'onDidAct'>;
  /** Lets the hub listen somewhere else from now on. */
  useAnotherPort(): Promise<void>;
  report(error: unknown): void;
  l10n: L10n;
}): Disposable {
  const { board, prompts, person, l10n } = deps;
  const store = new DisposableStore();
  let offered = false;

  async function offer(failure: Extract<LinkState, { kind: 'failed' }>): Promise<void> {
    const pressed = await prompts.toast('error', failureSentence(failure, l10n), [l10n.t('Use Another Port')]);
    if (pressed !== undefined) await deps.useAnotherPort();
  }

  function look(): void {
    const { link } = board;
    const isFailed = link.kind === 'failed' && portCodes.has(link.code);
    // While it is tried again it is only `starting`.
    if (link.kind === 'live') offered = false;
    if (!isFailed || offered || !person.focused) return;
    offered = true;
    offer(link).catch(deps.report);
  }

  store.add(followBoard(board, look));
  store.add(person.onDidAct(look));
  return store;
}
