import type { FromCard } from '../../protocol/fromCard.ts';

const copiedMs = 2_000;

/**
 * A link, a place or a button of a text was pressed: code is copied, and of the others the editor is told what they stand for.
 * @param copied called once code is on the clipboard
 */
export function linkPressed(event: Event, tell: (message: FromCard) => void, copied?: () => void): void {
  const { target: at } = event;
  const target = at instanceof Element ? at.closest<HTMLElement>('[data-href], [data-place], button.diff, button.copy') : null;
  if (target === null) return;
  if (target.classList.contains('copy')) return event.type === 'click' ? copyCode(target, copied) : undefined;
  const { href, place } = target.dataset;
  if (href !== undefined) tell({ type: 'openLink', address: href });
  else if (place !== undefined) tell({ type: 'openPlace', place });
  // A button makes a click of the Enter key by itself.
  else if (event.type === 'click') tell({ type: 'openPatch', patch: target.closest('.code')?.querySelector('code')?.textContent ?? '' });
}

/** The code as it is shown, so that no character in it hides; without the end of its last line, with which a terminal would run it. */
function copyCode(button: HTMLElement, copied?: () => void): void {
  const code = (button.closest('.code')?.querySelector('code')?.textContent ?? '').replace(/\n$/, '');
  void navigator.clipboard.writeText(code).then(() => {
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), copiedMs);
    copied?.();
  });
}
