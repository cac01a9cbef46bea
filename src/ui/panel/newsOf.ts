import type { BoardChange } from '../../client/boardStore.ts';

/** The rows that a person who can't see the page is told of: what an agent said or asked just now. */
export function newsOf({ event, live }: Pick<BoardChange, 'event' | 'live'>): string[] {
  if (!live) return [];
  if (event.type === 'message.created') return event.payload.sender === 'agent' ? [event.payload.id] : [];
  return event.type === 'request.created' && event.payload.status === 'open' ? [event.payload.id] : [];
}
