import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Card, PanelStrings } from '../../protocol/toPanelPage.ts';
import { host } from './host.ts';

/** What cards need of the page. */
export interface CardContext {
  words: PanelStrings;
  /** Answers that are on their way. */
  sending: Set<string>;
  /** A request has just come: what is pressed now may have been meant for what stood here before. */
  isStray(): boolean;
  redraw(): void;
}

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
    ${card.open ? (card.kind === 'question' ? questionView(card, context) : decisionView(card, context)) : nothing}`;
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
  const ticked = host.state.ticks[requestId] ?? [];
  const answer = (chosen: readonly string[], text: string): void =>
    send(requestId, context, () =>
      host.tell({ type: 'answer', requestId, ...(chosen.length > 0 && { choices: [...chosen] }), ...(text !== '' && { text }) }),
    );
  const sendWords = (): void => {
    const text = host.draft(box).trim();
    const chosen = multiple ? (host.state.ticks[requestId] ?? []) : [];
    if (text !== '' || chosen.length > 0) answer(chosen, text);
  };
  const tick = (value: string, on: boolean): void => {
    const others = (host.state.ticks[requestId] ?? []).filter((each) => each !== value);
    host.save({ ticks: { ...host.state.ticks, [requestId]: on ? [...others, value] : others } });
  };
  return html`<div class="answering">
    ${
      multiple && choices.length > 0
        ? html`<fieldset>
            <legend>${words.chooseSeveral}</legend>
            ${choices.map(
              ({ value, label }) =>
                html`<label class="tick"
                  ><input type="checkbox" .checked=${live(ticked.includes(value))} @change=${(event: Event) => tick(value, (event.target as HTMLInputElement).checked)} /><span
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
    ${draftBox(box, choices.length === 0 ? words.reply : words.ownWords, sendWords)}
    <div class="buttons">${button(words.sendAnswer, sendWords, requestId, context)}</div>
    ${sendingView(requestId, context)}
  </div>`;
}

function sendingView(requestId: string, { sending, words }: CardContext): TemplateResult {
  return html`<p class="sending">${sending.has(requestId) ? words.answered : nothing}</p>`;
}

/** A box whose text is kept until it is sent. Only Ctrl or Cmd with Enter sends, and only where there is something to send with. */
function draftBox(box: string, label: string, sendNow?: () => void): TemplateResult {
  return html`<label class="box"
    ><span>${label}</span
    ><textarea
      rows="2"
      .value=${live(host.draft(box))}
      @input=${(event: Event) => host.keepDraft(box, (event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        // A key that ends a composition is no key of ours.
        if (event.key === 'Enter' && !event.isComposing && (event.ctrlKey || event.metaKey) && sendNow !== undefined) {
          event.preventDefault();
          sendNow();
        }
      }}
    ></textarea>
  </label>`;
}

function button(label: string, press: () => void, requestId: string, { sending }: CardContext): TemplateResult {
  // One that can't be pressed right now keeps the keyboard.
  return html`<button type="button" aria-disabled=${sending.has(requestId)} @click=${press}>${label}</button>`;
}

function send(requestId: string, { sending, redraw }: CardContext, tell: () => void): void {
  if (sending.has(requestId)) return;
  sending.add(requestId);
  tell();
  redraw();
}
