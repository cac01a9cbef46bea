import { html, nothing, type TemplateResult } from 'lit-html';
import type { CardContent, CodeLine, PermissionPart } from '../../protocol/card.ts';
import { assertNever } from '../../util/errors.ts';
import { fillIn } from '../fillIn.ts';
import type { CardPage } from './controls.ts';
import { formattedCode } from './textNodes.ts';

type Permission = Extract<CardContent, { kind: 'permission' }>;

/** What an agent wants to do: a command, changes of a file, a file, or the input as it is. Nothing of it is left out. */
export function permissionView(requestId: string, content: Permission, context: CardPage): TemplateResult {
  const { subtitle, warnings, facts, wish, raw } = content;
  return html`${subtitle === '' ? nothing : html`<blockquote class="subtitle">${subtitle}</blockquote>`}
    ${warnings.map((warning) => html`<p class="warning">${warning}</p>`)} ${wishView(requestId, content, context)}
    ${facts.map((fact) => html`<p class="fact">${fact}</p>`)}
    ${
      wish.kind === 'input' ? nothing : html`<details class="raw"><summary>${context.words.showAsSent}</summary>${partsView(raw)}</details>`
    }`;
}

function wishView(requestId: string, { wish, raw }: Permission, context: CardPage): TemplateResult {
  const { words, tell } = context;
  const compare = (): TemplateResult =>
    html`<button type="button" class="compare" @click=${() => tell({ type: 'openEdit', requestId })}>${words.openDiff}</button>`;
  const code = (lines: readonly CodeLine[], language: string, part = 0): TemplateResult =>
    html`<pre class="lines" tabindex="0">${formattedCode(`${requestId}:${part}`, lines, language, context)}</pre>`;
  switch (wish.kind) {
    case 'command':
      return html`<div class="code"><div class="bar"><span>${words.command}</span><button type="button" class="copy">${words.copy}</button></div>${code(wish.code, 'bash')}</div>${othersView(wish.others)}`;
    case 'edit':
      return html`<div class="code">
          <div class="bar"><span>${wish.file === '' ? words.code : fillIn(words.edit, wish.file)}</span>${wish.file === '' ? nothing : compare()}</div>
          ${wish.changes.map((lines, index) => code(lines, '', index))}
        </div>
        ${othersView(wish.others)}`;
    case 'newFile':
      return html`<div class="code">
          <div class="bar"><span>${fillIn(words.newFile, wish.file)}</span>${compare()}</div>
          ${code(wish.code, wish.file.split('.').at(-1) ?? '')}
        </div>
        ${othersView(wish.others)}`;
    case 'input':
      return partsView(raw);
    default:
      return assertNever(wish);
  }
}

function othersView(others: readonly string[]): TemplateResult | typeof nothing {
  return others.length === 0 ? nothing : html`${others.map((other) => html`<p class="fact"><code>${other}</code></p>`)}`;
}

function partsView(parts: readonly PermissionPart[]): TemplateResult {
  return html`<div class="parts">
    ${parts.map((part) =>
      part.kind === 'sentence'
        ? html`<p class="warning">${part.text}</p>`
        : html`<p class="part-title">${part.title}</p>
            <pre class="part" tabindex="0">${part.text}</pre>`,
    )}
  </div>`;
}
