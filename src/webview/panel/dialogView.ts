import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Card } from '../../protocol/toPanelPage.ts';
import { button, type CardContext, draftBox, send, sendingView, tick, ticksOf } from './controls.ts';
import { host } from './host.ts';

// The agents' own dialogs: several questions that are answered at once, and plans.

type Question = Card['questions'][number];
type Answer = { choices?: string[]; text?: string; note?: string };

/** The questions; as long as the card is open, with all that answers them. */
export function questionsView({ requestId, questions, open }: Card, context: CardContext): TemplateResult {
  const { words } = context;
  const sendAll = (): void => {
    const answers = questions.map((question, index) => answerTo(question, `${requestId}:${index}`));
    // One that is left out would be no answer to the agent.
    if (answers.some(({ choices, text }) => choices === undefined && text === undefined)) return;
    send(requestId, context, () => host.tell({ type: 'answer', requestId, answers }));
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

function answerTo({ multiple }: Question, key: string): Answer {
  const text = host.draft(`answer:${key}`).trim();
  const note = host.draft(`note:${key}`).trim();
  // Of one choice, the user's own words take its place.
  const choices = multiple || text === '' ? ticksOf(key) : [];
  return { ...(choices.length > 0 && { choices: [...choices] }), ...(text !== '' && { text }), ...(note !== '' && { note }) };
}

function questionView({ header, text, choices, multiple }: Question, key: string, open: boolean, { words }: CardContext): TemplateResult {
  const ticked = ticksOf(key);
  const change = (value: string, on: boolean): void => {
    const others = multiple ? ticked.filter((each) => each !== value) : [];
    tick(key, on ? [...others, value] : others);
  };
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
                    @change=${(event: Event) => change(value, (event.target as HTMLInputElement).checked)}
                  />`
                : nothing
            }<span>${label}${about === '' ? nothing : html`<span class="about">${about}</span>`}</span></label
          >${preview === '' ? nothing : html`<pre class="part" tabindex="0">${preview}</pre>`}`,
    )}
    ${open ? html`${draftBox(`answer:${key}`, choices.length === 0 ? words.reply : words.ownWords)} ${draftBox(`note:${key}`, words.note)}` : nothing}
  </fieldset>`;
}

/** What becomes of a plan, which stands above. */
export function planView({ requestId, plan = '' }: Card, context: CardContext): TemplateResult {
  const { words } = context;
  const box = `plan:${requestId}`;
  const noteText = (): { note?: string } => {
    const text = host.draft(`note:${requestId}`).trim();
    return text === '' ? {} : { note: text };
  };
  const approve = (mode: 'manual' | 'acceptEdits') => () => {
    if (context.isStray()) return;
    const edited = host.draft(box);
    const change = edited.trim() === '' || edited === plan ? {} : { plan: edited };
    send(requestId, context, () => host.tell({ type: 'decide', requestId, decision: 'approve', mode, ...change, ...noteText() }));
  };
  const keep = (): void => send(requestId, context, () => host.tell({ type: 'decide', requestId, decision: 'sendBack', ...noteText() }));
  return html`<div class="answering">
    <details ?open=${host.draft(box) !== ''}><summary>${words.editPlan}</summary>${draftBox(box, words.editedPlan, { initial: plan })}</details>
    ${draftBox(`note:${requestId}`, words.planNote)}
    <div class="buttons" role="group">
      ${button(words.keepPlanning, keep, requestId, context)} ${button(words.approve, approve('manual'), requestId, context)}
      ${button(words.acceptEdits, approve('acceptEdits'), requestId, context)}
    </div>
    ${sendingView(requestId, context)}
  </div>`;
}
