import type { FromAnyPage } from '../protocol/fromAnyPage.ts';

/** A press gives the page the keyboard at once: what comes later was not for it. Milliseconds. */
const pressMs = 500;

/** Tells the extension when the page has got the keyboard, and when it has lost it. */
export function tellKeyboard(tell: (message: FromAnyPage) => void): void {
  let pressedAt = Number.NEGATIVE_INFINITY;

  function told(): void {
    if (document.hasFocus()) tell({ type: 'keyboard', is: performance.now() - pressedAt < pressMs ? 'taken' : 'given' });
  }

  document.addEventListener('pointerdown', () => (pressedAt = performance.now()), { capture: true, passive: true });
  // The press comes before or after it.
  globalThis.addEventListener('focus', () => setTimeout(told));
  globalThis.addEventListener('blur', () => {
    pressedAt = Number.NEGATIVE_INFINITY;
    tell({ type: 'keyboard', is: 'gone' });
  });
  told();
}
