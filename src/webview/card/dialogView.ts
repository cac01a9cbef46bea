import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { CardContent } from '../../protocol/card.ts';
import { button, type CardPage, draftBox, send, sendingView } from './controls.ts';
import { tick } from './tick.ts';

// The agents' own dialogs: several questions that are answered at once, and plans.

type Set = Extract<CardContent, { kind: 'set' }>;
type Question = Set['questions'][number];
type Answer = { choices?: string[]; text?: string; note?: string };

/** The questions; as long as the card is open, with all that answers them. */
export function setView(requestId: string, { questions }: Set, open: boolean, context: CardPage): TemplateResult {
  const { words } = context;
  const sendAll = (): void => {
    const answers = questions.map((question, index) => answerTo(question, `${requestId}:${index}`, context));
    // One that is left out would be no answer to the agent.
    if (answers.some(({ choices, text }) => choices === undefined && text === undefined)) return;
    send(requestId, context, { type: 'answer', requestId, answers });
  };
  return html`<div class="answering">
    ${questions.map((question, index) => questionView(question, `${requestId}:${index}`, open, context))}
    ${
      open
        ? html`<div class="buttons">${button(words.sendAnswer, sendAll, requestId, context)}</div>
            ${questions.length > 1 ? html`<p class="about">${words.answerAll}</p>` : nothing} ${sendingView(requestId, context)}`
        : nothing
    }
  </div>`;
}

function answerTo({ multiple }: Question, key: string, { kept }: CardPage): Answer {
  const text = kept.draft(`answer:${key}`).trim();
  const note = kept.draft(`note:${key}`).trim();
  // Of one choice, the user's own words take its place.
  const choices = multiple || text === '' ? kept.ticks(key) : [];
  return { ...(choices.length > 0 && { choices: [...choices] }), ...(text !== '' && { text }), ...(note !== '' && { note }) };
}

function questionView({ header, text, choices, multiple }: Question, key: string, open: boolean, context: CardPage): TemplateResult {
  const { words, kept } = context;
  const ticked = kept.ticks(key);
  return html`<fieldset class="question">
    <legend>${header === '' ? nothing : html`<span class="header">${header}</span> `}<span class="asked">${text}</span></legend>
    ${choices.map(
      ({ value, label, about, preview }) =>
        html`<label class="tick"
            >${
              open
                ? html`<input
                    type=${multiple ? 'checkbox' : 'radio'}
                    name=${key}
                    .checked=${live(ticked.includes(value))}
                    @change=${(event: Event) => tick(kept, key, value, { on: (event.target as HTMLInputElement).checked, several: multiple })}
                  />`
                : nothing
            }<span>${label}${about === '' ? nothing : html`<span class="about">${about}</span>`}</span></label
          >${preview === '' ? nothing : html`<pre class="part" tabindex="0">${preview}</pre>`}`,
    )}
    ${open ? html`${draftBox(`answer:${key}`, choices.length === 0 ? words.yourAnswer : words.ownWords, context)} ${draftBox(`note:${key}`, words.note, context)}` : nothing}
  </fieldset>`;
}

/** What becomes of a plan, which stands above. */
export function planView(requestId: string, { source }: Extract<CardContent, { kind: 'plan' }>, context: CardPage): TemplateResult {
  const { words, kept } = context;
  const box = `plan:${requestId}`;
  const noteText = (): { note?: string } => {
    const text = kept.draft(`note:${requestId}`).trim();
    return text === '' ? {} : { note: text };
  };
  const approve = (mode: 'manual' | 'acceptEdits') => () => {
    if (context.isStray()) return;
    const edited = kept.draft(box);
    const change = edited.trim() === '' || edited === source ? {} : { plan: edited };
    send(requestId, context, { type: 'decide', requestId, decision: 'approve', mode, ...change, ...noteText() });
  };
  const keep = (): void => send(requestId, context, { type: 'decide', requestId, decision: 'sendBack', ...noteText() });
  return html`<div class="answering">
    <details ?open=${kept.draft(box) !== ''}><summary>${words.editPlan}</summary>${draftBox(box, words.editedPlan, context, { initial: source })}</details>
    ${draftBox(`note:${requestId}`, words.planNote, context)}
    <div class="buttons" role="group">
      ${button(words.keepPlanning, keep, requestId, context, 'd')} ${button(words.approve, approve('manual'), requestId, context, 'a')}
      ${button(words.acceptEdits, approve('acceptEdits'), requestId, context)}
    </div>
    ${sendingView(requestId, context)}
  </div>`;
}
