import type { CodeLine } from '../../protocol/card.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import { perObject } from '../../util/perObject.ts';
import { cleanHtml } from './cleanHtml.ts';
import { codeNode } from './codeNode.ts';
import type { CardPage } from './controls.ts';

// More than are ever drawn at a time.
const formatted = new BoundedMap<string, { text: string; node: HTMLElement }>(300);
const textOf = perObject((lines: readonly CodeLine[]) => JSON.stringify(lines));

/** Markdown of somebody else, as nodes. @param key what the text belongs to */
export function formattedText(key: string, text: string, { render }: Pick<CardPage, 'render'>): HTMLElement {
  return remember(key, text, () => {
    const node = document.createElement('div');
    node.className = 'text';
    node.append(cleanHtml(render(text)));
    return node;
  });
}

/** Lines of code as nodes. */
export function formattedCode(key: string, lines: readonly CodeLine[], language: string, { words }: Pick<CardPage, 'words'>): HTMLElement {
  return remember(key, textOf(lines), () => codeNode(lines, language, words));
}

function remember(key: string, text: string, make: () => HTMLElement): HTMLElement {
  const known = formatted.get(key);
  if (known?.text === text) return known.node;
  const node = make();
  formatted.set(key, { text, node });
  return node;
}
