import type { BoardStore } from '../client/boardStore.ts';
import type { HubApi } from '../client/hubApi.ts';
import { taskTitle } from './boardNames.ts';
import type { L10n } from './l10n.ts';
import type { Prompts } from './prompts.ts';

/** Asks for a message and writes it into the thread of a task. */
export interface ReplyFlow {
  /** Escape sends nothing. Fails as `HubApi.call` does; what was typed is there again next time. */
  ask(taskId: string): Promise<void>;
}

export function createReplyFlow(deps: { board: BoardStore; api: HubApi; prompts: Prompts; randomId: () => string; l10n: L10n }): ReplyFlow {
  const { board, api, prompts, randomId, l10n } = deps;
  /** What was typed and not sent, by task. The key stays with the text, so that a second attempt of the same says it once. */
  const drafts = new Map<string, { text: string; key: string }>();
  return {
    async ask(taskId) {
      const task = board.board.tasks.get(taskId);
      if (task === undefined) {
        await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
        return;
      }
      const draft = drafts.get(taskId);
      const result = await prompts.input({
        title: l10n.t('Reply to “{0}”', taskTitle(task, l10n)),
        prompt: l10n.t('The agent gets this with its next call, or at once if it waits.'),
        placeholder: l10n.t('Your message'),
        value: draft?.text ?? '',
        required: l10n.t('Write a message, or press Escape to send nothing.'),
      });
      const text = result.value;
      const key = draft?.text === text ? draft.key : randomId();
      drafts.set(taskId, { text, key });
      if (result.kind !== 'accepted') return;
      await api.call('replyToTask', { workspaceId: task.workspaceId, taskId, text, key });
      drafts.delete(taskId);
    },
  };
}
