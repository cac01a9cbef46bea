import type { Workspace } from '../../protocol/model.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { pathOfFolder } from '../../util/paths.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { NoticesDeps } from './api.ts';

/**
 * Asks about each folder of this window that the hub knows under a path that no longer exists: take over its tasks and rules? Once in a
 * window, and never again after a no.
 */
export function askAboutFolders(deps: Omit<NoticesDeps, 'board' | 'memory' | 'manageRules'>): Disposable {
  const { api, prompts, l10n } = deps;
  const asked = new Set<string>();

  async function ask(present: Workspace): Promise<void> {
    const former = await formerOf(present);
    if (present.folder === undefined || former === undefined || asked.has(former.id)) return;
    asked.add(former.id);
    const pressed = await prompts.toast('info', question(former, present), [l10n.t('Take Over'), l10n.t('Start Empty')]);
    if (pressed === 0) await api.call('moveToFolder', { workspaceId: former.id, folder: present.folder });
    if (pressed === 1) await api.call('forgetFolder', { workspaceId: former.id });
  }

  /** The former workspace of a folder. If the hub can't be reached it is asked again when it is back. */
  async function formerOf({ id, folder }: Workspace): Promise<Workspace | undefined> {
    if (folder === undefined) return undefined;
    try {
      return (await api.call('noteFolder', { workspaceId: id })).former;
    } catch (error) {
      deps.log.warn(`the hub did not say whether a folder was renamed: ${describeError(error)}`);
      return undefined;
    }
  }

  /** Uses the names, or the paths if the names are equal. */
  function question(former: Workspace, present: Workspace): string {
    const names = [former, present].map(({ name }) => name);
    const shown = names[0] === names[1] ? [former, present].map(shownPath) : names;
    const [before = '', now = ''] = shown.map(visibleLine);
    return l10n.t('The folder {0} is now called {1}. Take over its tasks and rules?', before, now);
  }

  const check = (): void => {
    for (const present of deps.workspaces()) void ask(present).catch(deps.report);
  };
  check();
  return deps.onDidChangeWorkspaces(check);
}

function shownPath({ folder = '', name }: Workspace): string {
  return pathOfFolder(folder, process.platform) ?? name;
}
