import { limits } from '../../protocol/limits.ts';
import { workspaceName } from '../boardNames.ts';
import type { SendDeps } from '../loadSend.ts';
import { pickWorkspace } from '../pickWorkspace.ts';

/** Puts a task for an agent on the board: its title, then what is to be done. */
export function newTask(deps: Omit<SendDeps, 'clock' | 'platform'>): () => Promise<void> {
  const { board, api, prompts, randomId, l10n } = deps;
  /** What was typed and not sent. The key stays as long as the words do, so that a second attempt makes one task. */
  const draft = { title: '', body: '', key: '' };

  function keep(words: { title?: string; body?: string }): void {
    if ((words.title ?? draft.title) !== draft.title || (words.body ?? draft.body) !== draft.body) draft.key = '';
    Object.assign(draft, words);
  }

  return async () => {
    const heading = l10n.t('New Task for an Agent');
    const workspaceId = await pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title: heading, placeholder: l10n.t('In which workspace?') },
    );
    if (workspaceId === undefined) return;
    const place = l10n.t('{0} in {1}', heading, workspaceName(board.board, workspaceId));
    const title = await prompts.input({
      title: place,
      prompt: l10n.t('What is to be done, in one line?'),
      placeholder: l10n.t('Title'),
      value: draft.title,
      required: l10n.t('Write a title, or press Escape to make no task.'),
      step: { at: 1, of: 2 },
    });
    keep({ title: title.value.slice(0, limits.title) });
    if (title.kind !== 'accepted') return;
    const body = await prompts.input({
      title: place,
      prompt: l10n.t('Details, and how one sees that it is done. You may leave this empty.'),
      placeholder: l10n.t('Details'),
      value: draft.body,
      step: { at: 2, of: 2 },
    });
    keep({ body: body.value });
    if (body.kind !== 'accepted') return;
    if (draft.key === '') draft.key = randomId();
    await api.call('createTask', { workspaceId, title: draft.title, body: draft.body, assignee: 'agent', key: draft.key });
    keep({ title: '', body: '' });
  };
}
