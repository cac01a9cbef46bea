/**
 * Gives the keyboard to an element, as long as the page has it already: a page is drawn again whenever an agent does something, and then
 * the user may be writing somewhere else. Says whether it did. Nothing else in a page may call `focus`, but for what
 * gives it back the keyboard (`tellKeyboard.ts`).
 */
export function focusIfPageActive(element: HTMLElement | null | undefined): boolean {
  if (element === null || element === undefined || !document.hasFocus()) return false;
  element.focus({ preventScroll: true });
  return true;
}
