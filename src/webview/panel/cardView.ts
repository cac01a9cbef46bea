import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Card } from '../../protocol/toPanelPage.ts';
import { button, type CardContext, draftBox, send, sendingView, tick, ticksOf } from './controls.ts';
import { planView, questionsView } from './dialogView.ts';
import { host } from './host.ts';

/** A request: what can be pressed while it is open, and what was said once it isn't. Nothing here is sent by the Enter key alone. */
export function cardView(card: Card, context: CardContext): TemplateResult {
  return html`${card.about === undefined ? nothing : aboutView(card.about, card.requestId)} ${card.parts.length === 0 ? nothing : partsView(card)}
    ${card.answer.map((line, index) => html`<p class=${index === 0 ? 'verdict' : 'answer'}>${line}</p>`)}
    ${
      card.mayTakeBack
        ? html`<div class="buttons">
            ${button(context.words.takeBack, () => host.tell({ type: 'takeBack', requestId: card.requestId }), card.requestId, context)}
          </div>`
        : nothing
    }
    ${card.questions.length > 0 ? questionsView(card, context) : card.open ? openView(card, context) : nothing}`;
}

function openView(card: Card, context: CardContext): TemplateResult {
  if (card.plan !== undefined) return planView(card, context);
  return card.kind === 'question' ? questionView(card, context) : decisionView(card, context);
}

function aboutView({ place, snippet }: NonNullable<Card['about']>, requestId: string): TemplateResult {
  return html`<p class="part-title">
      <button type="button" class="about" @click=${() => host.tell({ type: 'openAbout', requestId })}>${place}</button>
    </p>
    ${snippet === '' ? nothing : html`<pre class="part" tabindex="0">${snippet}</pre>`}`;
}

function partsView(card: Card): TemplateResult {
  return html`<div class="parts">
    ${card.parts.map((part) =>
      part.kind === 'sentence'
        ? html`<p class="warning">${part.text}</p>`
        : html`<p class="part-title">${part.title}</p>
            <pre class="part" tabindex="0">${part.text}</pre>`,
    )}
  </div>`;
}

function decisionView(card: Card, context: CardContext): TemplateResult {
  const { words } = context;
  const { requestId } = card;
  const note = (): { note?: string } => {
    const text = host.draft(`note:${requestId}`).trim();
    return text === '' ? {} : { note: text };
  };
  const decide = (decision: 'allow' | 'deny' | 'approve' | 'sendBack' | 'done' | 'reject') => () => {
    if ((decision === 'allow' || decision === 'approve' || decision === 'done') && context.isStray()) return;
    send(requestId, context, () => host.tell({ type: 'decide', requestId, decision, ...note() }));
  };
  return html`<div class="answering">
    ${draftBox(`note:${requestId}`, words.note)}
    <div class="buttons" role="group">
      ${
        card.kind === 'review'
          ? [button(words.sendBack, decide('sendBack'), requestId, context), button(words.approve, decide('approve'), requestId, context)]
          : card.kind === 'task'
            ? [button(words.reject, decide('reject'), requestId, context), button(words.done, decide('done'), requestId, context)]
            : [
                button(words.deny, decide('deny'), requestId, context),
                button(words.allowOnce, decide('allow'), requestId, context),
                button(
                  words.alwaysAllow,
                  () => send(requestId, context, () => host.tell({ type: 'always', requestId })),
                  requestId,
                  context,
                ),
              ]
      }
    </div>
    ${sendingView(requestId, context)}
  </div>`;
}

function questionView(card: Card, context: CardContext): TemplateResult {
  const { words } = context;
  const { requestId, choices, multiple } = card;
  const box = `answer:${requestId}`;
  const ticked = ticksOf(requestId);
  const answer = (chosen: readonly string[], text: string): void =>
    send(requestId, context, () =>
      host.tell({ type: 'answer', requestId, ...(chosen.length > 0 && { choices: [...chosen] }), ...(text !== '' && { text }) }),
    );
  const sendWords = (): void => {
    const text = host.draft(box).trim();
    const chosen = multiple ? ticksOf(requestId) : [];
    if (text !== '' || chosen.length > 0) answer(chosen, text);
  };
  const change = (value: string, on: boolean): void => {
    const others = ticksOf(requestId).filter((each) => each !== value);
    tick(requestId, on ? [...others, value] : others);
  };
  return html`<div class="answering">
    ${
      multiple && choices.length > 0
        ? html`<fieldset>
            <legend>${words.chooseSeveral}</legend>
            ${choices.map(
              ({ value, label }) =>
                html`<label class="tick"
                  ><input type="checkbox" .checked=${live(ticked.includes(value))} @change=${(event: Event) => change(value, (event.target as HTMLInputElement).checked)} /><span
                    >${label}</span
                  ></label
                >`,
            )}
          </fieldset>`
        : choices.length > 0
          ? html`<div class="buttons choices" role="group">
              ${choices.map(({ value, label }) => button(label, () => answer([value], ''), requestId, context))}
            </div>`
          : nothing
    }
    ${draftBox(box, choices.length === 0 ? words.reply : words.ownWords, { sendNow: sendWords })}
    <div class="buttons">${button(words.sendAnswer, sendWords, requestId, context)}</div>
    ${sendingView(requestId, context)}
  </div>`;
}
