import type { KanbanStrings } from '../../protocol/toKanbanPage.ts';
import type { L10n } from '../text/l10n.ts';
import { statusText } from '../text/statusText.ts';

/** The texts of the page, translated. */
export function kanbanStrings(l10n: L10n): KanbanStrings {
  return {
    title: l10n.t('Kanban Board'),
    columns: {
      notstarted: statusText('notstarted', l10n),
      ongoing: statusText('ongoing', l10n),
      blocked: statusText('blocked', l10n),
      completed: statusText('completed', l10n),
      rejected: statusText('rejected', l10n),
    },
    filter: l10n.t('Filter'),
    filterHint: l10n.t('Words in title, agent or workspace'),
    chips: l10n.t('Show only'),
    needsMe: l10n.t('Needs me'),
    shown: l10n.t('{0} of {1} tasks', '{0}', '{1}'),
    empty: l10n.t('No tasks'),
    moved: l10n.t('{0} is in {1} now.', '{0}', '{1}'),
    keysTitle: l10n.t('Keyboard shortcuts'),
    keys: l10n.t(
      'Arrow keys move the focus. Alt+arrow keys move the card. Enter: open. A: answer. Shift+Delete: archive. Delete: delete. Ctrl+Z: undo. /: filter.',
    ),
    fold: l10n.t('Collapse {0}', '{0}'),
    unfold: l10n.t('Expand {0}', '{0}'),
    answer: l10n.t('Answer…'),
    question: l10n.t('Asks'),
    permission: l10n.t('Wants'),
    review: l10n.t('Review:'),
    task: l10n.t('For you:'),
  };
}
