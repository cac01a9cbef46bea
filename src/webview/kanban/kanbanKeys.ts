import type { ColumnStatus } from '../../protocol/columns.ts';
import { type Column, needsUser } from './kanbanModel.ts';

/** What a key means on a card. */
export type KeyAction =
  /** The keyboard goes to another card. */
  | { kind: 'focus'; id: string }
  /** The card goes to another place: before another card, or to the end of a column. */
  | { kind: 'move'; status: ColumnStatus; before?: string }
  | { kind: 'open' }
  | { kind: 'answer' }
  /** The user is asked where the card is to go. */
  | { kind: 'moveTo' }
  | { kind: 'archive' }
  | { kind: 'delete' }
  | { kind: 'undo' }
  | { kind: 'filter' };

export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const steps: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The columns, and those of which only the heading is shown. */
interface Shown {
  columns: readonly Column[];
  folded: readonly ColumnStatus[];
}

/** What `key` means while the keyboard is on the card `id`, the same as in the Tasks view; `undefined` if it is not ours. */
export function actionForKey(
  { columns, folded }: Shown,
  id: string,
  { key, altKey, ctrlKey, metaKey, shiftKey }: Key,
): KeyAction | undefined {
  // A Mac's keyboard has no Delete.
  if ((key === 'Delete' && !ctrlKey && !metaKey && !altKey) || (key === 'Backspace' && metaKey && !ctrlKey && !altKey))
    return { kind: shiftKey ? 'archive' : 'delete' };
  if (ctrlKey || metaKey) return shiftKey ? undefined : actionWithCommand(key.toLowerCase(), altKey);
  const at = columns.findIndex(({ cards }) => cards.some((card) => card.id === id));
  const column = columns[at];
  if (column === undefined || shiftKey) return undefined;
  const row = column.cards.findIndex((card) => card.id === id);
  const step = steps[key];
  if (step !== undefined) return altKey ? moveBy(columns, at, row, step) : focusBy({ columns, folded }, at, row, step);
  if (altKey) return undefined;
  if (key === 'Home') return focusOn(column, 0);
  if (key === 'End') return focusOn(column, column.cards.length - 1);
  if (key === 'PageUp') return focusOn(column, Math.max(0, row - 10));
  if (key === 'PageDown') return focusOn(column, Math.min(column.cards.length - 1, row + 10));
  if (key === 'Enter' || key === ' ') return { kind: 'open' };
  const card = column.cards[row];
  if (key.toLowerCase() === 'a') return card !== undefined && needsUser(card) ? { kind: 'answer' } : undefined;
  return key === '/' ? { kind: 'filter' } : undefined;
}

function actionWithCommand(key: string, altKey: boolean): KeyAction | undefined {
  if (key === 'z' && !altKey) return { kind: 'undo' };
  return key === 'm' && altKey ? { kind: 'moveTo' } : undefined;
}

function focusBy({ columns, folded }: Shown, at: number, row: number, [sideways, down]: readonly [number, number]): KeyAction | undefined {
  const own = columns[at];
  if (own === undefined) return undefined;
  if (sideways === 0) return focusOn(own, Math.min(own.cards.length - 1, Math.max(0, row + down)));
  // An empty column has nothing to stand on, and a folded one shows nothing.
  for (let next = at + sideways; columns[next] !== undefined; next += sideways) {
    const column = columns[next];
    if (column !== undefined && column.cards.length > 0 && !folded.includes(column.status))
      return focusOn(column, Math.min(row, column.cards.length - 1));
  }
  return focusOn(own, row);
}

function focusOn({ cards }: Column, row: number): KeyAction | undefined {
  const id = cards[row]?.id;
  return id === undefined ? undefined : { kind: 'focus', id };
}

function moveBy(columns: readonly Column[], at: number, row: number, [sideways, down]: readonly [number, number]): KeyAction | undefined {
  const column = columns[at + sideways];
  const own = columns[at];
  if (column === undefined || own === undefined) return undefined;
  if (sideways !== 0) return moveTo(column.status, column.cards[row]?.id);
  const [card, beside] = [own.cards[row], own.cards[row + down]];
  // Cards that need the user stay above the others, so none passes that border.
  if (card === undefined || beside === undefined || needsUser(card) !== needsUser(beside)) return undefined;
  return moveTo(own.status, own.cards[down === 1 ? row + 2 : row - 1]?.id);
}

function moveTo(status: ColumnStatus, before: string | undefined): KeyAction {
  return { kind: 'move', status, ...(before !== undefined && { before }) };
}
