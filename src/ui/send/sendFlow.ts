import { isSameFolder } from '../../util/paths.ts';
import type { Drafts } from '../shell/drafts.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { SendDeps } from './api.ts';
import { giveTask, pickRecipient } from './giveTask.ts';
import { keyedDraft } from './keyedDraft.ts';
import { locationText, type Source } from './source.ts';
import { locationOf, taskText } from './taskText.ts';

/**
 * Creates a task about something in the editor. Escape creates none; what was typed is restored next time, also after a reload. Fails like
 * `HubApi.call`.
 */
export function createSendFlow(deps: Omit<SendDeps, 'memory'> & { drafts: Drafts }): (source: Source) => Promise<void> {
  const { board, prompts, randomId, l10n } = deps;

  async function findWorkspace({ folder }: Source): Promise<string | undefined> {
    const own =
      folder === undefined
        ? undefined
        : [...board.board.workspaces.values()].find((one) => one.folder !== undefined && isSameFolder(one.folder, folder, deps.platform));
    if (own !== undefined) return own.id;
    const options = { title: l10n.t('Send to Agent'), placeholder: l10n.t('In which workspace?') };
    return pickWorkspace({ board: board.board, own: deps.workspaceIds(), prompts, l10n }, options);
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
      prompt: l10n.t('What should the agent do? The place and its code are sent along.'),
      placeholder: l10n.t('Explain this, fix it, write a test for it, …'),
      value: draft.text === '' ? source.wanted : draft.text,
      typed: (value) => draft.typed(own(value)),
      required: l10n.t('Write what is wanted, or press Escape to send nothing.'),
    });
    draft.set(own(typed.value));
    if (typed.kind !== 'accepted') return;
    const recipient = await pickRecipient(deps, workspaceId, heading);
    if (recipient === undefined) return;
    const { title, body } = taskText(source, typed.value);
    const at = locationOf(source);
    await giveTask(deps, { workspaceId, title, body, key: draft.key(), ...(at !== undefined && { place: at }) }, recipient);
    draft.delete();
  };
}
