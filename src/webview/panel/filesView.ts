import { html, nothing, type TemplateResult } from 'lit-html';
import type { FileRow, PanelStrings } from '../../protocol/toPanelPage.ts';
import { sizeWords } from '../../util/sizeWords.ts';
import { fillIn } from '../fillIn.ts';
import { host } from './host.ts';
import type { Pictures } from './pictures.ts';

/** Pixels. */
const maxHeight = 400;

/** What files need of the page. */
export interface FilesContext {
  words: PanelStrings;
  language: string;
  pictures: Pictures;
}

/** The files of a row: pictures are seen, texts can be opened for reading, and everything can be saved. */
export function filesView(files: readonly FileRow[], context: FilesContext): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<ul class="files" aria-label=${context.words.filesOf}>
    ${files.map((file) => html`<li>${file.kind === 'picture' ? pictureView(file, context) : nothing} ${fileView(file, context)}</li>`)}
  </ul>`;
}

function pictureView(file: FileRow, { words, pictures }: FilesContext): TemplateResult {
  const shown = pictures.of(file);
  if (shown.kind === 'waiting') return html`<p class="hint">${words.pictureWaits}</p>`;
  if (shown.kind === 'failed') return html`<p class="warning">${shown.problem}</p>`;
  const { url, width, height } = shown;
  // Its room is there before it is drawn, so nothing moves when it comes.
  const scale = Math.min(1, maxHeight / height);
  return html`<img src=${url} width=${Math.round(width * scale)} height=${Math.round(height * scale)} alt=${fillIn(words.picture, file.name)} />`;
}

function fileView({ attachmentId, name, size, kind }: FileRow, { words, language }: FilesContext): TemplateResult {
  return html`<div class="file">
    <span class="name">${name}</span><span class="size">${sizeWords(size, language)}</span>
    ${
      kind === 'text'
        ? html`<button type="button" aria-label=${`${words.openFile} ${name}`} @click=${() => host.tell({ type: 'openFile', attachmentId })}>
            ${words.openFile}
          </button>`
        : nothing
    }
    <button type="button" aria-label=${`${words.saveFile} ${name}`} @click=${() => host.tell({ type: 'saveFile', attachmentId })}>
      ${words.saveFile}
    </button>
  </div>`;
}
