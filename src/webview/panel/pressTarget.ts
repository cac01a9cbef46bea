import { host } from './host.ts';

/** A link, a place or a diff in a message was pressed: the panel does what it stands for. */
export function pressTarget(event: Event): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-href], [data-place], button.diff') : null;
  if (target === null) return;
  const { href, place } = target.dataset;
  if (href !== undefined) host.tell({ type: 'openLink', address: href });
  else if (place !== undefined) host.tell({ type: 'openPlace', place });
  // A button makes a click of the Enter key by itself.
  else if (event.type === 'click')
    host.tell({ type: 'openPatch', patch: target.closest('.code')?.querySelector('code')?.textContent ?? '' });
}
