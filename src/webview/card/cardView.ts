import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Card, CardContent } from '../../protocol/card.ts';
import { assertNever } from '../../util/errors.ts';
import { button, type CardPage, draftBox, send, sendingView } from './controls.ts';
import { planView, setView } from './dialogView.ts';
import { formattedText } from './textNodes.ts';
import { tick } from './tick.ts';
import { permissionView } from './wishView.ts';

// A request: what it is about, what can be pressed while it is open, and what was said once it isn't. Nothing here is sent by the Enter key
// alone.

/** Who asks, since when (`time`), and how far it has come. */
export function cardHead(card: Card, { words }: CardPage, time: TemplateResult): TemplateResult {
  return html`<p class="head">
    ${markView(card)}<span class="role">${words.agent}</span><span class="who">${card.heading}</span>${time}<span class="state">${card.state}</span>${needView(card)}
  </p>`;
}

/** What tells agents apart at a glance; the name stands beside it. */
function markView({ who }: Pick<Card, 'who'>): TemplateResult {
  return html`<span class="mark ${who.colour}" data-mark=${who.mark}></span>`;
}

function needView({ need, needWords }: Card): TemplateResult | typeof nothing {
  return need === 'none' ? nothing : html`<span class="need ${need}">${needWords}</span>`;
}

/** All of the request below its head. */
export function cardBody(card: Card, context: CardPage): TemplateResult {
  const { content, about, requestId, open } = card;
  return html`${contentView(card, context)} ${about === undefined ? nothing : aboutView(about, requestId, context)}
    ${card.answer.map((line, index) => html`<p class=${index === 0 ? `verdict ${card.verdict}` : 'answer'}>${line}</p>`)}
    ${
      card.mayTakeBack
        ? html`<div class="buttons">${button(context.words.takeBack, () => context.tell({ type: 'takeBack', requestId }), requestId, context, 'u')}</div>`
        : nothing
    }
    ${open ? controlsView(card, content, context) : nothing} ${open && card.effect !== '' ? html`<p class="effect">${card.effect}</p>` : nothing}`;
}

function contentView({ requestId, content, open }: Card, context: CardPage): TemplateResult | HTMLElement | typeof nothing {
  switch (content.kind) {
    case 'set':
      return open ? nothing : setView(requestId, content, false, context);
    case 'permission':
      return permissionView(requestId, content, context);
    case 'elsewhere':
      return content.text === '' ? nothing : html`<p class="asked">${content.text}</p>`;
    default:
      return content.markdown === '' ? nothing : formattedText(requestId, content.markdown, context);
  }
}

function controlsView(card: Card, content: CardContent, context: CardPage): TemplateResult {
  const { requestId } = card;
  switch (content.kind) {
    case 'set':
      return setView(requestId, content, true, context);
    case 'plan':
      return planView(requestId, content, context);
    case 'question':
      return questionView(requestId, content, context);
    case 'elsewhere':
      return html`<div class="buttons">
        ${button(context.words.showTerminal, () => context.tell({ type: 'showAgent', agentId: requestId }), requestId, context)}
      </div>`;
    case 'permission':
    case 'review':
    case 'task':
      return decisionView(requestId, content.kind, context);
    default:
      return assertNever(content);
  }
}

function aboutView({ place, snippet }: NonNullable<Card['about']>, requestId: string, { tell }: CardPage): TemplateResult {
  return html`<p class="part-title">
      <button type="button" class="about" @click=${() => tell({ type: 'openAbout', requestId })}>${place}</button>
    </p>
    ${snippet === '' ? nothing : html`<pre class="part" tabindex="0">${snippet}</pre>`}`;
}

function decisionView(requestId: string, kind: 'permission' | 'review' | 'task', context: CardPage): TemplateResult {
  const { words, kept } = context;
  const decide = (decision: 'allow' | 'deny' | 'approve' | 'sendBack' | 'done' | 'reject') => () => {
    if ((decision === 'allow' || decision === 'approve' || decision === 'done') && context.isStray()) return;
    const note = kept.draft(`note:${requestId}`).trim();
    send(requestId, context, { type: 'decide', requestId, decision, ...(note !== '' && { note }) });
  };
  const press = (label: string, decision: Parameters<typeof decide>[0], key: string): TemplateResult =>
    button(label, decide(decision), requestId, context, key);
  const buttons = {
    review: () => [press(words.sendBack, 'sendBack', 'd'), press(words.approve, 'approve', 'a')],
    task: () => [press(words.reject, 'reject', 'd'), press(words.done, 'done', 'a')],
    permission: () => [
      press(words.deny, 'deny', 'd'),
      press(words.allowOnce, 'allow', 'a'),
      button(words.alwaysAllow, () => send(requestId, context, { type: 'always', requestId }), requestId, context),
    ],
  };
  return html`<div class="answering">
    ${draftBox(`note:${requestId}`, words.note, context)}
    <div class="buttons" role="group">${buttons[kind]()}</div>
    ${sendingView(requestId, context)}
  </div>`;
}

function questionView(
  requestId: string,
  { choices, multiple }: Extract<CardContent, { kind: 'question' }>,
  context: CardPage,
): TemplateResult {
  const { words, kept, write } = context;
  const box = `answer:${requestId}`;
  const ticked = kept.ticks(requestId);
  const answer = (chosen: readonly string[], text: string): void =>
    send(requestId, context, {
      type: 'answer',
      requestId,
      ...(chosen.length > 0 && { choices: [...chosen] }),
      ...(text !== '' && { text }),
    });
  const choose = (value: string) => (): void => {
    if (!context.isStray()) answer([value], '');
  };
  const sendWords = (): void => {
    const text = write === undefined ? kept.draft(box).trim() : '';
    const chosen = multiple ? kept.ticks(requestId) : [];
    if (text !== '' || chosen.length > 0) answer(chosen, text);
  };
  const keyOf = (index: number): string => (index < 9 ? String(index + 1) : '');
  return html`<div class="answering">
    ${
      multiple && choices.length > 0
        ? html`<fieldset>
            <legend>${words.chooseSeveral}</legend>
            ${choices.map(
              ({ value, label }, index) =>
                html`<label class="tick"
                  ><input type="checkbox" data-key=${keyOf(index) || nothing} .checked=${live(ticked.includes(value))} @change=${(event: Event) => tick(kept, requestId, value, { on: (event.target as HTMLInputElement).checked, several: true })} /><span
                    >${label}${context.keys && keyOf(index) !== '' ? html`<kbd aria-hidden="true">${keyOf(index)}</kbd>` : nothing}</span
                  ></label
                >`,
            )}
          </fieldset>`
        : choices.length > 0
          ? html`<div class="buttons choices" role="group">
              ${choices.map(({ value, label }, index) => button(label, choose(value), requestId, context, keyOf(index)))}
            </div>`
          : nothing
    }
    ${write === undefined ? draftBox(box, choices.length === 0 ? words.yourAnswer : words.ownWords, context, { sendNow: sendWords }) : nothing}
    <div class="buttons">
      ${write === undefined || multiple ? button(words.sendAnswer, sendWords, requestId, context) : nothing}
      ${write === undefined ? nothing : button(words.writeAnswer, () => write(requestId), requestId, context)}
    </div>
    ${sendingView(requestId, context)}
  </div>`;
}
