import type { FromAnyPage } from '../protocol/fromAnyPage.ts';
import type { ToAnyPage } from '../protocol/toAnyPage.ts';

/** A press gives the page the keyboard at once: what comes later was not for it. Milliseconds. */
const pressMs = 500;

/** Tells the extension when the page has got the keyboard, when it has lost it, and when the user presses into it; takes it when told to. */
export function tellKeyboard(tell: (message: FromAnyPage) => void): void {
  let pressedAt = Number.NEGATIVE_INFINITY;

  function told(): void {
    if (document.hasFocus()) tell({ type: 'keyboard', is: performance.now() - pressedAt < pressMs ? 'taken' : 'given' });
  }

  document.addEventListener(
    'pointerdown',
    () => {
      pressedAt = performance.now();
      // It may be about to lose what the editor has just given it.
      told();
    },
    { capture: true, passive: true },
  );
  // The press comes before or after it.
  globalThis.addEventListener('focus', () => setTimeout(told));
  globalThis.addEventListener('blur', () => {
    pressedAt = Number.NEGATIVE_INFINITY;
    tell({ type: 'keyboard', is: 'gone' });
  });
  globalThis.addEventListener('message', (event: MessageEvent<ToAnyPage | { type: string }>) => {
    if (event.data.type !== 'takeKeyboard') return;
    // What the page shows has no use for it.
    event.stopImmediatePropagation();
    globalThis.focus();
  });
  told();
}
