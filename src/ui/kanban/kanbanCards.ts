import type { Board } from '../../client/board.ts';
import { type ColumnStatus, columnStatuses } from '../../protocol/columns.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { Request, Task } from '../../protocol/model.ts';
import type { KanbanCard } from '../../protocol/toKanbanPage.ts';
import { agentName, joinParts, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { stopWords } from '../text/statusText.ts';
import type { Row } from '../tree/row.ts';
import { createRowMaker, rowContext } from '../tree/taskRow.ts';

/** What a page has to be told so that it shows the board as it is now. */
export interface CardChanges {
  cards: readonly KanbanCard[];
  removed: readonly string[];
}

/** What a card was made of, and the card. */
interface Told {
  task: Task;
  need: Request | undefined;
  answered: Request | undefined;
  card: KanbanCard;
}

/** Makes the cards of boards, and says which of them the page doesn't have yet. */
export function createKanbanCards(l10n: L10n): {
  /** What is different from what the page was told last. */
  changes(board: Board): CardChanges;
  /** Whether the page has a card of this task. */
  has(taskId: string): boolean;
  /** The page has been told nothing. */
  forget(): void;
} {
  const rowOf = createRowMaker(l10n);
  const cardOf = createCardMaker(l10n);
  const told = new Map<string, Told>();
  let last: Board | undefined;

  /** Looks at every task, but makes only the cards of which a part is different. */
  function changes(board: Board): CardChanges {
    const context = rowContext(board, 'status');
    const namesStay = last !== undefined && sameNames(last, board);
    last = board;
    const cards: KanbanCard[] = [];
    const knownBefore = told.size;
    let kept = 0;
    for (const task of board.tasks.values()) {
      const status = columnStatuses.find((known) => known === task.status);
      if (status === undefined) continue;
      const known = told.get(task.id);
      if (known !== undefined) kept += 1;
      const [need, answered] = [context.needs.get(task.id), context.answers.get(task.id)];
      if (namesStay && known?.task === task && known.need === need && known.answered === answered) continue;
      const card = cardOf(task, status, rowOf(task, context), board);
      told.set(task.id, { task, need, answered, card });
      if (known?.card !== card) cards.push(card);
    }
    // As many as were told and are still there: none is gone.
    return { cards, removed: kept === knownBefore ? [] : removeGone(board) };
  }

  function removeGone({ tasks }: Board): string[] {
    const gone = [...told.keys()].filter((id) => !isInColumn(tasks.get(id)));
    for (const id of gone) told.delete(id);
    return gone;
  }

  return { changes, has: (taskId) => told.has(taskId), forget: () => told.clear() };
}

/** A card is made again only when its row is. */
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
      who: joinParts([task.stop === undefined ? undefined : stopWords(task.stop, l10n), who, workspaceHint(board, task.workspaceId)]),
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

/** Agents are heard all the time; only what they and the workspaces are called stands on cards. */
function sameNames(left: Board, right: Board): boolean {
  if (left.workspaces !== right.workspaces || left.agents.size !== right.agents.size) return false;
  if (left.agents === right.agents) return true;
  return [...right.agents.values()].every(({ id, name, title }) => {
    const known = left.agents.get(id);
    return known?.name === name && known.title === title;
  });
}
