import type { Uri } from 'vscode';
import type { LinkState } from '../../client/linkState.ts';
import type { Pages, TaskKey } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import { isHubError } from '../shell/errors.ts';
import { pickTask } from '../shell/pickTask.ts';
import { linkSentence } from '../text/linkText.ts';
import { visibleLine } from '../text/visibleText.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { Links } from './api.ts';

/** `editor`: the scheme by which links open this editor. */
type Deps = Pick<UiContext, 'board' | 'api' | 'prompts' | 'l10n' | 'copy'> & {
  pages: Pick<Pages, 'openTask' | 'readingTask'>;
  editor: string;
  showConnect(): PromiseLike<void>;
};

/** Makes what opens and copies links. */
export function createLinks(deps: Deps): Links {
  const { board, api, pages, prompts, l10n } = deps;

  /** Opens the task, also one that is on no board any more, or says why it can't be. */
  async function openTask(taskId: string): Promise<void> {
    if (!board.board.tasks.has(taskId)) await connected();
    const { link } = board;
    const known = board.board.tasks.get(taskId);
    if (known === undefined && link.kind === 'failed') return void (await prompts.toast('error', linkSentence(link, l10n)));
    const task = known ?? (await askHub(taskId));
    if (task !== undefined) await pages.openTask(task);
    else await prompts.toast('info', l10n.t('The task of this link isn’t here. It was deleted, or it is on another machine.'));
  }

  async function askHub(taskId: string): Promise<TaskKey | undefined> {
    for (const workspaceId of board.board.workspaces.keys()) {
      try {
        return (await api.call('getTask', { workspaceId, taskId })).task;
      } catch (error) {
        if (!isHubError(error) || error.code !== 'task_not_found') throw error;
      }
    }
    return undefined;
  }

  /** A link may have opened this window: its board comes a moment later. */
  async function connected(): Promise<void> {
    const isSettled = ({ kind }: LinkState): boolean => kind === 'live' || kind === 'failed';
    if (isSettled(board.link)) return;
    await new Promise<void>((resolve) => {
      const listening = board.onDidChangeLink((link) => {
        if (!isSettled(link)) return;
        listening.dispose();
        resolve();
      });
    });
  }

  return {
    // What stands behind the path is passed over: a link decides nothing.
    async open({ path }: Pick<Uri, 'path'>) {
      const [, taskId] = /^\/task\/([0-9A-Za-z]{11})$/.exec(path) ?? [];
      if (path === '/connect') {
        await deps.showConnect();
      } else if (taskId === undefined) {
        await prompts.toast('info', l10n.t('AgentRQ doesn’t know the link “{0}”. Nothing was done.', visibleLine(path)));
      } else {
        await openTask(taskId);
      }
    },
    async copy(argument) {
      const { taskId } = targetOf(argument);
      const id = taskId ?? pages.readingTask()?.id ?? (await pickTask(board.board, l10n.t('Copy the link of which task?'), deps))?.id;
      if (id === undefined) return;
      await deps.copy(`${deps.editor}://agentrq.agentrq/task/${id}`);
      prompts.showStatus(l10n.t('The link is on the clipboard.'));
    },
  };
}
