import type { ColumnStatus } from '../../protocol/columns.ts';

/** Where a card was let go. */
export interface Dropped {
  id: string;
  status: ColumnStatus;
  /** The card below the place; `undefined` at the end. */
  before: string | undefined;
}

/** Lets cards be dragged between and within the columns of `board`. */
export function letCardsBeDragged(board: HTMLElement, drop: (dropped: Dropped) => void): void {
  let dragged: HTMLElement | undefined;

  const columnOf = (event: DragEvent): HTMLElement | undefined => find(event.target, '[data-status]');

  function mark(column: HTMLElement | undefined, card: HTMLElement | undefined): void {
    for (const each of board.querySelectorAll('.over')) if (each !== column && each !== card) each.classList.remove('over');
    column?.classList.add('over');
    card?.classList.add('over');
  }

  /** The first card of the column whose middle is below the pointer. */
  function cardBelow(column: HTMLElement, y: number): HTMLElement | undefined {
    for (const card of column.querySelectorAll<HTMLElement>('[data-id]')) {
      const { top, height } = card.getBoundingClientRect();
      if (card !== dragged && y < top + height / 2) return card;
    }
    return undefined;
  }

  board.addEventListener('dragstart', (event) => {
    dragged = find(event.target, '[data-id]');
    if (dragged === undefined || event.dataTransfer === null) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.querySelector('.title')?.textContent ?? '');
    dragged.classList.add('dragged');
  });
  board.addEventListener('dragover', (event) => {
    const column = columnOf(event);
    if (dragged === undefined || column === undefined) return;
    event.preventDefault();
    mark(column, cardBelow(column, event.clientY));
  });
  board.addEventListener('drop', (event) => {
    const column = columnOf(event);
    const id = dragged?.dataset['id'];
    if (column === undefined || id === undefined) return;
    event.preventDefault();
    const before = cardBelow(column, event.clientY)?.dataset['id'];
    drop({ id, status: column.dataset['status'] as ColumnStatus, before });
  });
  board.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = undefined;
    mark(undefined, undefined);
  });
}

function find(target: EventTarget | null, selector: string): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(selector) ?? undefined) : undefined;
}
