import type { CodeLine } from '../../protocol/card.ts';
import { cleanHtml } from './cleanHtml.ts';
import { codeNode } from './codeNode.ts';
import type { CardPage } from './controls.ts';

type Formatting = Pick<CardPage, 'render' | 'formatted'>;

// More than are ever drawn at a time.
const remembered = 300;

/** Markdown of somebody else, as nodes. @param key what the text belongs to */
export function formattedText(key: string, text: string, { render, formatted }: Formatting): HTMLElement {
  return remember(key, text, formatted, () => {
    const node = document.createElement('div');
    node.className = 'text';
    node.append(cleanHtml(render(text)));
    return node;
  });
}

/** Lines of code as nodes. */
export function formattedCode(key: string, lines: readonly CodeLine[], language: string, { formatted, words }: CardPage): HTMLElement {
  return remember(key, JSON.stringify(lines), formatted, () => codeNode(lines, language, words));
}

function remember(key: string, text: string, formatted: Formatting['formatted'], make: () => HTMLElement): HTMLElement {
  const known = formatted.get(key);
  if (known?.text === text) return known.node;
  const node = make();
  formatted.delete(key);
  formatted.set(key, { text, node });
  for (const oldest of formatted.keys()) {
    if (formatted.size <= remembered) break;
    formatted.delete(oldest);
  }
  return node;
}
