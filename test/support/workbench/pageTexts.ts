import type { Frame } from 'playwright-core';

// They run in a page, whose types the project doesn't load.

const drawn = `(element) => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility !== 'hidden';
}`;

const clipped = `(() => {
  const isDrawn = ${drawn};
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!isDrawn(element) || element.closest('.unseen, svg, [title]:not([title=""])') !== null) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const cuts = (overflow, inner, outer) => (overflow === 'hidden' || overflow === 'clip') && inner > outer + 1;
    if (cuts(overflowX, element.scrollWidth, element.clientWidth) || cuts(overflowY, element.scrollHeight, element.clientHeight))
      found.push(element.tagName.toLowerCase() + '.' + element.className + ': ' + element.textContent.trim().slice(0, 80));
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth + 1) found.push('the page is ' + scrollWidth + ' wide, and the window ' + clientWidth);
  return found;
})()`;

/** Which texts of a page are cut off, without a tooltip that says them whole. */
export function clippedTexts(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(clipped);
}

const texts = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    // Times are the browser's.
    if (parentElement.closest('script, style, time') === null && textContent.trim() !== '') found.push(textContent.trim());
  }
  for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const value = element.getAttribute(name);
      if (value !== null && value.trim() !== '') found.push(value.trim());
    }
  return found;
})()`;

/** Every text of a page that a person sees or hears, but for times. */
export function textsOf(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(texts);
}
