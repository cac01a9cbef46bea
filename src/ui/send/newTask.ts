import { limits } from '../../protocol/limits.ts';
import type { Drafts } from '../shell/drafts.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import { agentName, workspaceName } from '../text/displayNames.ts';
import type { SendDeps } from './api.ts';
import { type GiveDeps, giveTask, pickRecipient } from './giveTask.ts';
import { keyedDraft } from './keyedDraft.ts';

/** Asks for title, details and recipient of a task, and creates it. What was typed is restored next time. `agentId`: the recipient. */
export function newTask(
  deps: GiveDeps & Pick<SendDeps, 'workspaceIds' | 'randomId'> & { drafts: Drafts },
): (agentId?: string) => Promise<void> {
  const { board, prompts, randomId, l10n } = deps;
  /** The first line of the draft is the title. */
  const draft = keyedDraft(deps.drafts, 'task', randomId);

  function read(): { title: string; body: string } {
    const [title = '', ...body] = draft.text.split('\n');
    return { title, body: body.join('\n') };
  }
  const withTitle = (title: string): string => `${title.slice(0, limits.title)}\n${read().body}`;
  const withBody = (body: string): string => `${read().title}\n${body}`;

  async function findWorkspace(heading: string): Promise<string | undefined> {
    const options = { title: heading, placeholder: l10n.t('In which workspace?') };
    return pickWorkspace({ board: board.board, own: deps.workspaceIds(), prompts, l10n }, options);
  }

  return async (agentId) => {
    const agent = agentId === undefined ? undefined : board.board.agents.get(agentId);
    const heading = agent === undefined ? l10n.t('New Task for an Agent') : l10n.t('New Task for {0}', agentName(agent, l10n));
    const workspaceId = agent?.workspaceId ?? (await findWorkspace(heading));
    if (workspaceId === undefined) return;
    const place = l10n.t('{0} in {1}', heading, workspaceName(board.board, workspaceId));
    const title = await prompts.input({
      title: place,
      prompt: l10n.t('Title'),
      placeholder: l10n.t('What should be done, in one line'),
      value: read().title,
      typed: (value) => draft.typed(withTitle(value)),
      required: l10n.t('Write a title, or press Escape to make no task.'),
      step: { at: 1, of: 2 },
    });
    draft.set(withTitle(title.value));
    if (title.kind !== 'accepted') return;
    const body = await prompts.input({
      title: place,
      prompt: l10n.t('Details (optional): what “done” looks like'),
      placeholder: l10n.t('Details'),
      value: read().body,
      typed: (value) => draft.typed(withBody(value)),
      step: { at: 2, of: 2 },
    });
    draft.set(withBody(body.value));
    if (body.kind !== 'accepted') return;
    const recipient = agent === undefined ? await pickRecipient(deps, workspaceId, place) : ({ kind: 'agent', agent } as const);
    if (recipient === undefined) return;
    await giveTask(deps, { workspaceId, ...read(), key: draft.key() }, recipient);
    draft.delete();
  };
}
