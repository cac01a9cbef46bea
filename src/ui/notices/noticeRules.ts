import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { NoticesDeps } from './api.ts';

const key = 'agentrq.lookedAtRules';

/**
 * Tells the user once about rules of this window's workspaces that allow less than their text says: *Manage Permission Rules…* offers the
 * exact lines. The rules that were checked are remembered for all windows.
 */
export function noticeRules(deps: NoticesDeps): Disposable {
  const { board, api, prompts, memory, l10n } = deps;
  let isLooking = false;

  function lookedAt(): ReadonlySet<string> {
    const kept = memory.get(key);
    return new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []);
  }

  function fresh(): string[] {
    const known = lookedAt();
    const own = new Set(deps.workspaces().map(({ id }) => id));
    return [...board.board.rules.values()].filter(({ id, workspaceId }) => own.has(workspaceId) && !known.has(id)).map(({ id }) => id);
  }

  async function review(): Promise<void> {
    const ids = new Set(fresh());
    const workspaces = new Set([...board.board.rules.values()].filter(({ id }) => ids.has(id)).map(({ workspaceId }) => workspaceId));
    const reviews = await Promise.all([...workspaces].map((workspaceId) => api.call('reviewRules', { workspaceId })));
    const narrowed = reviews.flatMap(({ rules }) => rules).filter((rule) => rule.narrowed && ids.has(rule.ruleId));
    const there = board.board.rules;
    await memory.update(key, [...[...lookedAt()].filter((id) => there.has(id)), ...ids]);
    if (narrowed.length === 0) return;
    const text = l10n.t(
      'Rules that allow less than they say: {0}. A star allows only what is known to read in this workspace; the exact lines are offered.',
      narrowed.length,
    );
    const pressed = await prompts.toast('info', text, [l10n.t('Show Rules')]);
    if (pressed !== undefined) await deps.manageRules();
  }

  const check = (): void => {
    if (isLooking || board.link.kind !== 'live' || fresh().length === 0) return;
    isLooking = true;
    void review()
      .catch(deps.report)
      .finally(() => {
        isLooking = false;
      });
  };
  const store = new DisposableStore();
  store.add(followBoard(board, check));
  store.add(deps.onDidChangeWorkspaces(check));
  return store;
}
