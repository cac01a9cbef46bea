import type { Board } from '../../client/board.ts';
import { type ColumnStatus, columnStatuses } from '../../protocol/columns.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { Request, Task } from '../../protocol/model.ts';
import type { KanbanCard } from '../../protocol/toKanbanPage.ts';
import { agentName, joinParts, workspaceHint, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { stopText } from '../text/statusText.ts';
import type { Row } from '../tree/row.ts';
import { createRowMaker, rowContext } from '../tree/taskRow.ts';

/** The difference between the cards of the page and the board. */
export interface CardChanges {
  cards: readonly KanbanCard[];
  removed: readonly string[];
}

/** A card that was sent, and the data it was made from. */
interface SentCard {
  task: Task;
  need: Request | undefined;
  answered: Request | undefined;
  card: KanbanCard;
}

/** Makes the cards of a board and tracks which the page has. */
export function createKanbanCards(l10n: L10n): {
  /** The changes since the last call. */
  changes(board: Board): CardChanges;
  /** Whether the page has a card of this task. */
  has(taskId: string): boolean;
  /** The page was reloaded and has no cards. */
  forget(): void;
} {
  const rowOf = createRowMaker(l10n);
  const cardOf = createCardMaker(l10n);
  const sent = new Map<string, SentCard>();
  let last: Board | undefined;

  /** Checks every task, but makes only cards whose data has changed. */
  function changes(board: Board): CardChanges {
    const context = rowContext(board, 'status');
    const namesStay = last !== undefined && sameNames(last, board);
    last = board;
    const cards: KanbanCard[] = [];
    const knownBefore = sent.size;
    let kept = 0;
    for (const task of board.tasks.values()) {
      const status = columnStatuses.find((known) => known === task.status);
      if (status === undefined) continue;
      const known = sent.get(task.id);
      if (known !== undefined) kept += 1;
      const [need, answered] = [context.needs.get(task.id), context.answers.get(task.id)];
      if (namesStay && known?.task === task && known.need === need && known.answered === answered) continue;
      const card = cardOf(task, status, rowOf(task, context), board);
      sent.set(task.id, { task, need, answered, card });
      if (known?.card !== card) cards.push(card);
    }
    // If all cards that were sent are still there, none was removed.
    return { cards, removed: kept === knownBefore ? [] : removeGone(board) };
  }

  function removeGone({ tasks }: Board): string[] {
    const gone = [...sent.keys()].filter((id) => !isInColumn(tasks.get(id)));
    for (const id of gone) sent.delete(id);
    return gone;
  }

  return { changes, has: (taskId) => sent.has(taskId), forget: () => sent.clear() };
}

/** Makes cards, and reuses the card of the same row. */
function createCardMaker(l10n: L10n): (task: Task, status: ColumnStatus, row: Row, board: Board) => KanbanCard {
  const made = new WeakMap<Row, KanbanCard>();
  return (task, status, row, board) => {
    const known = made.get(row);
    if (known !== undefined) return known;
    const { needs } = row;
    const agent = task.agentId === undefined ? undefined : board.agents.get(task.agentId);
    const who = task.assignee === 'human' ? l10n.t('for you') : agent === undefined ? undefined : agentName(agent, l10n);
    const card: KanbanCard = {
      id: task.id,
      status,
      title: row.label,
      who: joinParts([task.stop === undefined ? undefined : stopText(task.stop, l10n), who, workspaceHint(board, task.workspaceId)]),
      ...(task.assignee !== 'human' && agent !== undefined && { agent: agentName(agent, l10n) }),
      workspace: workspaceName(board, task.workspaceId),
      context: row.contextValue,
      ...(needs !== undefined && { needs }),
      label: row.accessibilityLabel,
      at: task.lastMessageAt ?? task.updatedAt,
      place: isFinished(task) ? -Date.parse(task.updatedAt) : task.sortOrder,
    };
    made.set(row, card);
    return card;
  };
}

function isInColumn(task: Task | undefined): boolean {
  return task !== undefined && columnStatuses.some((status) => status === task.status);
}

/** Whether the names on cards are the same. Other properties of agents change all the time. */
function sameNames(left: Board, right: Board): boolean {
  if (left.workspaces !== right.workspaces || left.agents.size !== right.agents.size) return false;
  if (left.agents === right.agents) return true;
  return [...right.agents.values()].every(({ id, name, title }) => {
    const known = left.agents.get(id);
    return known?.name === name && known.title === title;
  });
}
