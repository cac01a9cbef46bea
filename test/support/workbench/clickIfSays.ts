import type { PageElement } from './pageElement.ts';

interface Clickable extends PageElement {
  dispatchEvent(event: unknown): boolean;
}

/** Runs in the page: gives the first of the elements the events of a click, if its label is still this one. @returns whether it was */
export function clickIfSays([element]: Clickable[], { label, parts }: { label: string; parts: string }): boolean {
  const said = [...(element?.querySelectorAll(parts) ?? [])];
  const [target] = said as Clickable[];
  if (target === undefined || said.map((part) => part.textContent ?? '').join('') !== label) return false;
  const { MouseEvent } = globalThis as unknown as { MouseEvent: new (type: string, init: object) => unknown };
  for (const type of ['mousedown', 'mouseup', 'click']) {
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true, button: 0, detail: 1 }));
  }
  return true;
}
