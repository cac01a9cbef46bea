import type { Board } from '../../client/board.ts';
import { type ColumnStatus, columnStatuses } from '../../protocol/columns.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { KanbanCard } from '../../protocol/kanbanMessages.ts';
import type { Task } from '../../protocol/model.ts';
import { agentName, joinParts, workspaceHint } from '../boardNames.ts';
import type { L10n } from '../l10n.ts';
import type { Row } from '../row.ts';
import { createRowMaker, rowContext } from './taskRow.ts';

/** What a page has to be told so that it shows the board as it is now. */
export interface CardChanges {
  cards: readonly KanbanCard[];
  removed: readonly string[];
}

/** Makes the cards of boards, and says which of them the page doesn't have yet. */
export function createKanbanCards(l10n: L10n): {
  /** What is different from what the page was told last. */
  changes(board: Board): CardChanges;
  /** The page has been told nothing. */
  forget(): void;
} {
  const rowOf = createRowMaker(l10n);
  const cardOf = createCardMaker(l10n);
  let told = new Map<string, KanbanCard>();
  return {
    changes(board) {
      const context = rowContext(board, 'status');
      const now = new Map<string, KanbanCard>();
      const cards: KanbanCard[] = [];
      for (const task of board.tasks.values()) {
        const status = columnStatuses.find((known) => known === task.status);
        if (status === undefined) continue;
        const card = cardOf(task, status, rowOf(task, context), board);
        now.set(task.id, card);
        if (told.get(task.id) !== card) cards.push(card);
      }
      const removed = [...told.keys()].filter((id) => !now.has(id));
      told = now;
      return { cards, removed };
    },
    forget() {
      told = new Map();
    },
  };
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
      who: joinParts([who, workspaceHint(board, task.workspaceId)]),
      ...(needs !== undefined && { needs }),
      label: row.accessibilityLabel,
      at: task.lastMessageAt ?? task.updatedAt,
      place: isFinished(task) ? -Date.parse(task.updatedAt) : task.sortOrder,
    };
    made.set(row, card);
    return card;
  };
}
