import { agentPresence } from '../../client/agentPresence.ts';
import type { Agent } from '../../protocol/model.ts';
import { isSameFolder } from '../../util/paths.ts';
import type { Drafts } from '../shell/drafts.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import type { PickItem } from '../shell/prompts.ts';
import { agentName, workspaceName } from '../text/displayNames.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { SendDeps } from './api.ts';
import { keyedDraft } from './keyedDraft.ts';
import { locationText, type Source } from './source.ts';
import { locationOf, taskText } from './taskText.ts';

/** The recipient of a task: an agent that is told now, or the next one that asks for work. */
type Recipient = { kind: 'now'; agent: Agent } | { kind: 'queue' };

/**
 * Creates a task about something in the editor. Escape creates none; what was typed is restored next time, also after a reload. Fails like
 * `HubApi.call`.
 */
export function createSendFlow(deps: Omit<SendDeps, 'memory'> & { drafts: Drafts }): (source: Source) => Promise<void> {
  const { board, api, prompts, clock, randomId, l10n } = deps;

  async function findWorkspace({ folder }: Source): Promise<string | undefined> {
    const own =
      folder === undefined
        ? undefined
        : [...board.board.workspaces.values()].find((one) => one.folder !== undefined && isSameFolder(one.folder, folder, deps.platform));
    if (own !== undefined) return own.id;
    const options = { title: l10n.t('Send to Agent'), placeholder: l10n.t('In which workspace?') };
    return pickWorkspace({ board: board.board, own: deps.workspaceIds(), prompts, l10n }, options);
  }

  async function pickRecipient(workspaceId: string, title: string): Promise<Recipient | undefined> {
    const there = [...board.board.agents.values()]
      .filter((agent) => agent.workspaceId === workspaceId && agentPresence(agent, clock.now()).kind !== 'disconnected')
      .toSorted((left, right) => Date.parse(right.lastHeardAt) - Date.parse(left.lastHeardAt));
    if (there.length === 0) return { kind: 'queue' };
    const items: PickItem<Recipient>[] = [
      ...there.map((agent) => ({
        label: l10n.t('Now: {0}', agentName(agent, l10n)),
        description: l10n.t('is told with its next call, or at once if it listens'),
        icon: 'zap',
        value: { kind: 'now', agent } as const,
      })),
      {
        label: l10n.t('Into the Queue'),
        description: l10n.t('the next agent that asks for work takes it'),
        icon: 'list-ordered',
        value: { kind: 'queue' },
      },
    ];
    const picked = await prompts.pickOne(items, { title, placeholder: l10n.t('Who is to do it, and when?') });
    return picked.kind === 'picked' ? picked.value : undefined;
  }

  return async (source) => {
    const workspaceId = await findWorkspace(source);
    if (workspaceId === undefined) return;
    const place = truncate(visibleLine(locationText(source)), 80);
    const heading = place === '' ? l10n.t('Send to Agent') : l10n.t('Send to Agent: {0}', place);
    const draft = keyedDraft(deps.drafts, `send ${source.folder ?? ''} ${place} ${source.wanted}`, randomId);
    // The proposed text is not a draft.
    const own = (text: string): string => (text === source.wanted ? '' : text);
    const typed = await prompts.input({
      title: heading,
      prompt: l10n.t('What is wanted? The place and the code there go along with it.'),
      placeholder: l10n.t('Explain this, fix it, write a test for it, …'),
      value: draft.text === '' ? source.wanted : draft.text,
      typed: (value) => draft.typed(own(value)),
      required: l10n.t('Write what is wanted, or press Escape to send nothing.'),
    });
    draft.set(own(typed.value));
    if (typed.kind !== 'accepted') return;
    const recipient = await pickRecipient(workspaceId, heading);
    if (recipient === undefined) return;
    const { title, body } = taskText(source, typed.value);
    const at = locationOf(source);
    const meant = recipient.kind === 'now' ? { agentId: recipient.agent.id } : {};
    const key = draft.key();
    const { task } = await api.call('createTask', {
      workspaceId,
      title,
      body,
      assignee: 'agent',
      key,
      ...meant,
      ...(at !== undefined && { place: at }),
    });
    if (recipient.kind === 'now') {
      const text = l10n.t('Please begin with this task now.');
      await api.call('replyToTask', { workspaceId, taskId: task.id, text, key: `${key}-now` });
      prompts.showStatus(l10n.t('Sent to {0}.', agentName(recipient.agent, l10n)));
    } else prompts.showStatus(l10n.t('Put into the queue of {0}.', workspaceName(board.board, workspaceId)));
    draft.delete();
  };
}
