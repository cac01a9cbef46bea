import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Hears } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { Prompts } from '../shell/prompts.ts';
import { taskTitle } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { hearsOf } from '../text/presenceText.ts';
import type { ReplyFlow } from './api.ts';
import { keyedDraft } from './keyedDraft.ts';

export function createReplyFlow(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  drafts: Drafts;
  randomId: () => string;
  l10n: L10n;
}): ReplyFlow {
  const { board, api, prompts, drafts, randomId, l10n } = deps;
  return {
    async ask(taskId) {
      const task = board.board.tasks.get(taskId);
      if (task === undefined) {
        await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
        return;
      }
      const draft = keyedDraft(drafts, `reply ${taskId}`, randomId);
      const result = await prompts.input({
        title: l10n.t('Reply to “{0}”', taskTitle(task, l10n)),
        prompt: promptOf(hearsOf(board.board, task.agentId), l10n),
        placeholder: l10n.t('Your message'),
        value: draft.text,
        typed: draft.typed,
        required: l10n.t('Write a message, or press Escape to send nothing.'),
      });
      const text = result.value;
      draft.set(text);
      if (result.kind !== 'accepted') return;
      await api.call('replyToTask', { workspaceId: task.workspaceId, taskId, text, key: draft.key() });
      draft.delete();
    },
  };
}

function promptOf(hears: Hears | undefined, l10n: L10n): string {
  switch (hears) {
    case 'now':
      return l10n.t('This wakes the agent now.');
    case 'turnEnd':
      return l10n.t('The agent gets this at the end of its turn, or with a call before that.');
    case undefined:
      return l10n.t('The agent gets this with its next call, or at once if it waits.');
    default:
      return assertNever(hears);
  }
}
