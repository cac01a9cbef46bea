import type { BoardStore } from '../../client/boardStore.ts';
import { type LinkState, portCodes } from '../../client/linkState.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { UserActivity } from '../notifications/api.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { failureSentence } from '../text/linkText.ts';

/** Offers another port when the hub can't get its port: once for each failure, in the focused window. */
export function offerPort(deps: {
  board: BoardStore;
  prompts: Pick<Prompts, 'toast'>;
  activity: Pick<UserActivity, 'focused' | 'onDidAct'>;
  /** Makes the hub use another port. */
  useAnotherPort(): Promise<void>;
  report(error: unknown): void;
  l10n: L10n;
}): Disposable {
  const { board, prompts, activity, l10n } = deps;
  const store = new DisposableStore();
  let offered = false;

  async function offer(failure: Extract<LinkState, { kind: 'failed' }>): Promise<void> {
    const pressed = await prompts.toast('error', failureSentence(failure, l10n), [l10n.t('Use Another Port')]);
    if (pressed !== undefined) await deps.useAnotherPort();
  }

  function check(): void {
    const { link } = board;
    const isFailed = link.kind === 'failed' && portCodes.has(link.code);
    // A retry sets `starting`, so only `live` ends a failure.
    if (link.kind === 'live') offered = false;
    if (!isFailed || offered || !activity.focused) return;
    offered = true;
    offer(link).catch(deps.report);
  }

  store.add(followBoard(board, check));
  store.add(activity.onDidAct(check));
  return store;
}
