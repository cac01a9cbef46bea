import type { PickItem, Prompts } from '../shell/prompts.ts';
import { agentName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { TaskList } from './taskList.ts';
import type { TaskView } from './taskView.ts';
import { plainTaskView } from './taskView.ts';

type ViewChange = Partial<TaskView> | 'words';

/** The commands that change the view settings: group, sort, filter. `show` shows the view. */
export function createViewActions(deps: { list: TaskList; prompts: Prompts; show(): Promise<void>; l10n: L10n }) {
  const { list, prompts, show, l10n } = deps;

  async function pick(title: string, placeholder: string, items: readonly PickItem<ViewChange>[]): Promise<void> {
    const result = await prompts.pickOne(items, { title, placeholder });
    if (result.kind !== 'picked') return;
    if (result.value !== 'words') await list.setView(result.value);
    else await askWords();
  }

  async function askWords(): Promise<void> {
    const result = await prompts.input({
      title: l10n.t('Filter Tasks'),
      prompt: l10n.t('Shows tasks with all of these words in title, agent or workspace. Leave empty to show all.'),
      value: list.view.words,
    });
    if (result.kind === 'accepted') await list.setView({ words: result.value.trim() });
  }

  /** A choice; the present one is marked. */
  function choice(label: string, value: Partial<TaskView>, present: boolean): PickItem<ViewChange> {
    return { label, value, ...(present && { description: l10n.t('current') }) };
  }

  return {
    async groupTasks() {
      const { group } = list.view;
      await pick(l10n.t('Group Tasks'), l10n.t('Group tasks by'), [
        choice(l10n.t('Status'), { group: 'status' }, group === 'status'),
        choice(l10n.t('Agent'), { group: 'agent' }, group === 'agent'),
        choice(l10n.t('Workspace'), { group: 'workspace' }, group === 'workspace'),
      ]);
    },
    async sortTasks() {
      const { order } = list.view;
      await pick(l10n.t('Sort Tasks'), l10n.t('Sort tasks by'), [
        choice(l10n.t('Queue: what agents get next'), { order: 'queue' }, order === 'queue'),
        choice(l10n.t('What needs you, then newest activity'), { order: 'activity' }, order === 'activity'),
        choice(l10n.t('Title'), { order: 'title' }, order === 'title'),
      ]);
    },
    async filterTasks() {
      const { words, needsOnly, archived } = list.view;
      await pick(l10n.t('Filter Tasks'), l10n.t('Show which tasks?'), [
        { label: l10n.t('By Text…'), value: 'words', ...(words !== '' && { description: words }) },
        needsOnly ? { label: l10n.t('Show All'), value: { needsOnly: false } } : { label: l10n.t('Needs Me'), value: { needsOnly: true } },
        archived
          ? { label: l10n.t('Hide Archived'), value: { archived: false } }
          : { label: l10n.t('Show Archived'), value: { archived: true } },
        { label: l10n.t('Clear Filter'), value: { words: '', needsOnly: false, archived: false } },
      ]);
    },
    async showAgentTasks(argument: unknown) {
      const agent = list.board().agents.get(targetOf(argument).ofAgent ?? '');
      if (agent === undefined) return;
      await list.setView({ words: agentName(agent, l10n), needsOnly: false });
      await show();
    },
    async clearTaskFilter() {
      const { words, needsOnly, archived } = plainTaskView;
      await list.setView({ words, needsOnly, archived });
    },
  };
}
