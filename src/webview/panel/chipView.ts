import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Chip, PanelStrings } from '../../protocol/toPanelPage.ts';
import { sizeWords } from '../../util/sizeWords.ts';
import { fillIn } from '../fillIn.ts';

/** The files that are to go along: the name of each, how far it is, and why it can't go. */
export function chipsView(
  chips: readonly Chip[],
  { words, language, remove }: { words: PanelStrings; language: string; remove: (file: string) => void },
): TemplateResult | typeof nothing {
  if (chips.length === 0) return nothing;
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const stateOf = (chip: Chip): string =>
    chip.state === 'sending' ? percent.format(chip.size === 0 ? 1 : chip.sent / chip.size) : sizeWords(chip.size, language);
  return html`<ul class="chips" aria-label=${words.filesToSend}>
    ${repeat(
      chips,
      ({ file }) => file,
      (chip) =>
        html`<li class=${chip.state === 'refused' ? 'chip refused' : 'chip'}>
          <span class="name">${chip.name}</span><span class="size">${stateOf(chip)}</span
          ><button type="button" class="remove" aria-label=${fillIn(words.removeFile, chip.name)} @click=${() => remove(chip.file)}>
            ×
          </button>
          ${chip.state === 'refused' ? html`<p class="why">${chip.problem}</p>` : nothing}
        </li>`,
    )}
  </ul>`;
}
