import type { KanbanCard } from '../../../../src/protocol/toKanbanPage.ts';

/** A card with only what a test says about it being special. */
export function card(id: string, special: Partial<KanbanCard> = {}): KanbanCard {
  return {
    id,
    status: 'ongoing',
    title: `Task ${id}`,
    who: 'Claude Code',
    agent: 'Claude Code',
    workspace: 'shop',
    context: 'task:ongoing',
    label: `Task ${id}.`,
    at: '2026-11-22T12:00:00.000Z',
    place: 0,
    ...special,
  };
}
