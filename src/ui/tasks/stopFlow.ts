import type { HubApi } from '../../client/hubApi.ts';
import type { Task } from '../../protocol/model.ts';
import type { Prompts } from '../shell/prompts.ts';
import { taskTitle } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { isStoppable } from '../text/statusText.ts';

/** Asks for an optional message and stops the agent of each task. Escape stops none. */
export async function stopFlow(tasks: readonly Task[], deps: { api: HubApi; prompts: Prompts; l10n: L10n }): Promise<void> {
  const { api, prompts, l10n } = deps;
  const stoppable = tasks.filter(isStoppable);
  const [only] = stoppable;
  if (only === undefined) return prompts.showStatus(l10n.t('No agent works there that has not been asked to stop already.'));
  const result = await prompts.input({
    title: stoppable.length === 1 ? l10n.t('Stop “{0}”', taskTitle(only, l10n)) : l10n.t('Stop {0} tasks', stoppable.length),
    prompt: l10n.t(
      'Its tools are refused until its turn ends, where they can be; otherwise it is asked to stop. Write again to let it go on.',
    ),
    placeholder: l10n.t('Note to the agent (optional)'),
    value: '',
  });
  if (result.kind !== 'accepted') return;
  for (const { id, workspaceId } of stoppable) await api.call('stopTask', { workspaceId, taskId: id, text: result.value });
}
