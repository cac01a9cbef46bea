import type { Board } from '../../client/board.ts';
import { workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import type { Prompts } from './prompts.ts';

/**
 * The workspace of a command: the only one of this window, or one that the user picks. `undefined` if they cancel, or if the hub has none
 * yet (then it tells them).
 */
export async function pickWorkspace(
  deps: { board: Board; own: readonly string[]; prompts: Prompts; l10n: L10n },
  options: { title: string; placeholder: string },
): Promise<string | undefined> {
  const { board, own, prompts, l10n } = deps;
  const ids = own.length > 0 ? own : [...board.workspaces.keys()];
  const [first] = ids;
  if (first === undefined) {
    await prompts.toast('info', l10n.t('The hub is still starting. Try again in a moment.'));
    return undefined;
  }
  if (ids.length === 1) return first;
  const items = ids.map((id) => ({ label: workspaceName(board, id), value: id }));
  const result = await prompts.pickOne(items, options);
  return result.kind === 'picked' ? result.value : undefined;
}
