/**
 * The little of a DOM element that functions run in the page need. The project's own code runs without a DOM, so its
 * type library isn't loaded: it would let such code name `document` or `window` unnoticed.
 */
export interface PageElement {
  readonly textContent: string | null;
  /** Of a box. */
  readonly value?: string;
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
