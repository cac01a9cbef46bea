import type { FromCard } from '../../protocol/fromCard.ts';

/** A link, a place or a diff in a text was pressed: the editor is told what it stands for. */
export function linkPressed(event: Event, tell: (message: FromCard) => void): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-href], [data-place], button.diff') : null;
  if (target === null) return;
  const { href, place } = target.dataset;
  if (href !== undefined) tell({ type: 'openLink', address: href });
  else if (place !== undefined) tell({ type: 'openPlace', place });
  // A button makes a click of the Enter key by itself.
  else if (event.type === 'click') tell({ type: 'openPatch', patch: target.closest('.code')?.querySelector('code')?.textContent ?? '' });
}
