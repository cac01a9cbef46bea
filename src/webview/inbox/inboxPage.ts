import { html, nothing, render, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { InboxItem, InboxState, InboxStrings, ToInbox } from '../../protocol/toInboxPage.ts';
import { linkPressed } from '../card/linkPressed.ts';
import { liveRegion } from '../card/liveRegion.ts';
import { createMarkdown } from '../card/markdown.ts';
import { createStray } from '../card/stray.ts';
import { fillIn } from '../fillIn.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { createCardList } from './cardList.ts';
import { host } from './host.ts';
import { emptyInbox, hasMoved, newcomers, reduceInbox } from './inboxModel.ts';
import { type ItemContext, itemView } from './itemView.ts';
import { listenToKeys } from './listenToKeys.ts';

// The page of the inbox. It shows what the inbox has sent, and tells it what the user wants; it decides nothing itself.

/** So many newcomers are read out one by one. */
const readOut = 3;

/** Puts the page together when the inbox has said its first words. */
function begin(words: InboxStrings): (message: ToInbox) => void {
  let model = emptyInbox;
  let { focused, reading, showsSent } = host.state;
  /** What was answered last on this page. */
  let answered: string | undefined;
  /** Grows with each drawing that puts something else where something could be pressed. */
  let version = 0;
  let drawing = false;
  let again = false;

  const main = document.createElement('main');
  const notice = liveRegion('alert', 'notice');
  const news = liveRegion('status', 'unseen');
  const heading = document.createElement('h1');
  heading.className = 'unseen';
  heading.textContent = words.title;
  const trouble = liveRegion('status', 'trouble');
  const scroller = document.createElement('div');
  scroller.className = 'scroller';
  main.append(heading, trouble, scroller, notice, news);
  document.body.replaceChildren(main);

  const stray = createStray();
  const list = createCardList(scroller, () => (heldCard() === undefined ? reading : focused), draw);
  const sending = new Set<string>();
  const context: ItemContext = {
    words,
    sending,
    kept: host,
    keys: true,
    render: createMarkdown(words),
    tell,
    isStray: () => stray.isStray(),
    redraw: draw,
    toggle,
    get reading() {
      return reading;
    },
    get card() {
      return model.card;
    },
  };

  function tell(message: FromInbox): void {
    if (message.type === 'answer' || message.type === 'decide' || message.type === 'always') answered = message.requestId;
    host.tell(message);
  }

  const shown = (): readonly InboxItem[] => (showsSent ? [...model.open, ...model.sent] : model.open);
  const articleOf = (id: string | undefined): HTMLElement | undefined =>
    id === undefined ? undefined : [...scroller.querySelectorAll<HTMLElement>('article')].find((each) => each.dataset['id'] === id);
  const topOf = (id: string): HTMLElement | null | undefined => articleOf(id)?.querySelector<HTMLElement>('.top');

  function heldCard(): string | undefined {
    const active = document.activeElement;
    return active !== null && scroller.contains(active) ? active.closest<HTMLElement>('article')?.dataset['id'] : undefined;
  }

  function draw(): void {
    if (drawing) {
      if (!again) requestAnimationFrame(draw);
      again = true;
      return;
    }
    [drawing, again] = [true, false];
    const held = heldCard();
    try {
      render(model.trouble === undefined ? nothing : stateView(model.trouble), trouble);
      render(pageView(), scroller);
      list.measure();
    } finally {
      drawing = false;
    }
    markWhole();
    // What had the keyboard may be gone, a button of an answered card say: its card takes it, or the one that stands there now.
    if (held !== undefined && heldCard() === undefined) giveToCard();
  }

  function pageView(): TemplateResult {
    const reachable = shown().some(({ id }) => id === focused) ? focused : shown()[0]?.id;
    const view = (item: InboxItem): TemplateResult => itemView(item, item.id === reachable, context);
    return html`${model.open.length > 0 || model.clear === undefined ? nothing : html`<div class="clear" tabindex="-1">${stateView(model.clear)}</div>`}
      ${list.view(words.list, view)} ${model.sent.length === 0 ? nothing : sentView(view)}
      <p id="keys" class="unseen">${words.keys}</p>`;
  }

  function sentView(view: (item: InboxItem) => TemplateResult): TemplateResult {
    return html`<details class="sent" ?open=${showsSent} @toggle=${(event: Event) => showSent((event.target as HTMLDetailsElement).open)}>
      <summary>${fillIn(words.sent, model.sent.length)}</summary>
      ${
        showsSent
          ? html`<ul>
              ${repeat(
                model.sent,
                ({ id }) => id,
                (item) => html`<li>${view(item)}</li>`,
              )}
            </ul>`
          : nothing
      }
    </details>`;
  }

  function stateView({ text, buttons }: InboxState): TemplateResult {
    return html`<p>${text}</p>
      ${buttons.map(
        (each, index) =>
          html`<button
            type=${index === 0 ? 'submit' : 'button'}
            class=${each === 'tour' || each === 'log' ? 'plain' : ''}
            @click=${() => host.tell({ type: 'help', with: each })}
          >
            ${words[each]}
          </button>`,
      )}`;
  }

  function showSent(open: boolean): void {
    if (open === showsSent) return;
    showsSent = open;
    host.save({ showsSent });
    draw();
  }

  function moved(): void {
    version += 1;
    stray.moved();
  }

  function toggle(id: string): void {
    reading = reading === id ? undefined : id;
    focused = id;
    host.save({ reading, focused });
    model = { ...model, card: undefined };
    moved();
    host.tell({ type: 'read', ...(reading !== undefined && { id: reading }) });
    draw();
  }

  /** Takes back what was answered last on this page, as long as no agent has it; otherwise the editor knows, or asks. */
  function takeBack(): void {
    const last = model.sent.find(({ id }) => id === answered);
    if (last === undefined) host.tell({ type: 'undo' });
    else host.tell({ type: 'takeBack', requestId: last.id });
  }

  /** Brings the open card into view: wholly if there is room for it, and otherwise from its top. */
  function bringIntoView(): void {
    const article = articleOf(reading);
    if (article === undefined) return;
    const [box, room] = [article.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (box.top < room.top || box.height >= room.height) scroller.scrollTop += box.top - room.top;
    else if (box.bottom > room.bottom) scroller.scrollTop += box.bottom - room.bottom;
    markWhole();
  }

  function isWhole(): boolean {
    const article = articleOf(reading);
    if (article === undefined || model.card?.requestId !== reading) return false;
    const room = scroller.getBoundingClientRect();
    return article.getBoundingClientRect().top >= room.top - 1 && endOf(article) <= room.bottom + 1;
  }

  /** Where that ends which has to be seen before a key decides: the last thing that a key presses, with all that stands above it. */
  function endOf(article: HTMLElement): number {
    return ([...article.querySelectorAll('[data-key]')].at(-1) ?? article).getBoundingClientRect().bottom;
  }

  /** The keys of a card are shown while they are heard. */
  function markWhole(): void {
    articleOf(reading)?.classList.toggle('whole', isWhole());
  }

  function goTo(id: string | undefined): void {
    if (id === undefined) return;
    focused = id;
    host.save({ focused });
    list.scrollTo(id);
    draw();
    // It is drawn once the list has moved.
    const look = (tries: number): void => {
      const top = topOf(id);
      if (top !== null && top !== undefined) {
        focusIfPageActive(top);
        top.scrollIntoView({ block: 'nearest' });
      } else if (tries > 0) requestAnimationFrame(() => look(tries - 1));
    };
    look(20);
  }

  function giveToCard(): void {
    const target = shown().find(({ id }) => id === focused) ?? shown()[0];
    if (target !== undefined) goTo(target.id);
    else focusIfPageActive(scroller.querySelector<HTMLElement>('.clear'));
  }

  /** The user has come to the page, and stands nowhere on it yet. */
  function arrive(): void {
    if (document.hasFocus() && document.activeElement === document.body) giveToCard();
  }

  function take(message: Extract<ToInbox, { type: 'items' | 'card' }>): void {
    const before = model;
    const order = shown().map(({ id }) => id);
    const wasShown = model.clear !== undefined;
    model = reduceInbox(model, message);
    const asked = new Set(before.open.map(({ id }) => id));
    const known = new Set([...before.open, ...before.sent].map(({ id }) => id));
    const ids = new Set([...model.open, ...model.sent].map(({ id }) => id));
    const asking = new Set(model.open.map(({ id }) => id));
    for (const id of sending) if (!asking.has(id)) sending.delete(id);
    // One that isn't known yet comes when the board has been read.
    const isOver = (id: string): boolean => (known.has(id) && !ids.has(id)) || (asked.has(id) && !asking.has(id));
    // What was answered is not read on among what was sent; the keyboard goes to what stands in its place.
    if (reading !== undefined && isOver(reading)) {
      reading = undefined;
      host.save({ reading });
      host.tell({ type: 'read' });
    }
    if (focused !== undefined && isOver(focused)) {
      const at = order.indexOf(focused);
      const openIds = model.open.map(({ id }) => id);
      focused = order.slice(at + 1).find((id) => openIds.includes(id)) ?? openIds.at(-1);
      host.save({ focused });
    }
    if (hasMoved(before, model)) moved();
    const anchor = anchorNow();
    list.set(model.open);
    draw();
    keepAnchor(anchor);
    if (message.type === 'card' && before.card?.requestId !== model.card?.requestId) requestAnimationFrame(bringIntoView);
    const came = wasShown ? newcomers(before, model) : [];
    if (came.length > 0)
      news.textContent = came.length > readOut ? fillIn(words.came, came.length) : came.map(({ label }) => label).join('\n');
    if (!wasShown) arrive();
  }

  /** What the user looks at, and where it stands: it stays there when others come before it. */
  function anchorNow(): { id: string; top: number } | undefined {
    const id = reading ?? heldCard() ?? (scroller.scrollTop > 0 ? firstInView() : undefined);
    const article = articleOf(id);
    return id === undefined || article === undefined ? undefined : { id, top: article.getBoundingClientRect().top };
  }

  function firstInView(): string | undefined {
    const { top } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll<HTMLElement>('article')].find((each) => each.getBoundingClientRect().bottom > top)?.dataset['id'];
  }

  function keepAnchor(anchor: { id: string; top: number } | undefined): void {
    const now = articleOf(anchor?.id)?.getBoundingClientRect().top;
    if (anchor !== undefined && now !== undefined) scroller.scrollTop += now - anchor.top;
  }

  scroller.addEventListener('scroll', markWhole, { passive: true });
  scroller.addEventListener('click', (event) => linkPressed(event, host.tell));
  scroller.addEventListener('keydown', (event) => event.key === 'Enter' && linkPressed(event, host.tell));
  scroller.addEventListener('focusin', () => {
    const id = heldCard();
    if (id === undefined || id === focused) return;
    focused = id;
    host.save({ focused });
    draw();
  });
  globalThis.addEventListener('focus', arrive);
  globalThis.addEventListener('resize', draw);
  listenToKeys({
    /** The open card as it was drawn last, while a key may be meant for it; the list while no card is open. */
    target() {
      if (stray.isStray()) return undefined;
      if (articleOf(reading) === undefined) return `:${version}`;
      return isWhole() && !sending.has(reading ?? '') ? `${reading}:${version}` : undefined;
    },
    go(by) {
      const ids = shown().map(({ id }) => id);
      goTo(ids[Math.min(Math.max(ids.indexOf(focused ?? '') + by, 0), ids.length - 1)]);
    },
    end: (last) => goTo(shown().at(last ? -1 : 0)?.id),
    close() {
      if (reading === undefined) return;
      const id = reading;
      toggle(id);
      goTo(id);
    },
    decide(key) {
      const article = articleOf(reading);
      if (key === 's') host.tell({ type: 'snooze' });
      else if (key === 'r') focusIfPageActive(article?.querySelector('textarea'));
      else {
        const button = article?.querySelector<HTMLElement>(`.body [data-key="${key}"]`);
        if (button !== null && button !== undefined) button.click();
        else if (key === 'u') takeBack();
      }
    },
  });

  return (message) => {
    switch (message.type) {
      case 'begin':
        return;
      case 'items':
      case 'card':
        return take(message);
      case 'unanswered':
        sending.delete(message.requestId);
        return draw();
      case 'notice':
        render(
          html`<p class=${message.level}>${message.text}</p>
            <button type="button" aria-label="×" @click=${() => render(nothing, notice)}>×</button>`,
          notice,
        );
    }
  };
}

let page: ((message: ToInbox) => void) | undefined;
host.listen((message) => {
  if (message.type !== 'begin') return page?.(message);
  page = begin(message.strings);
  const { reading } = host.state;
  if (reading !== undefined) host.tell({ type: 'read', id: reading });
});
host.tell({ type: 'ready' });
