import { html, nothing, render } from 'lit-html';
import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { InboxItem, ToInbox } from '../../protocol/toInboxPage.ts';
import { linkPressed } from '../card/linkPressed.ts';
import { liveRegion } from '../card/liveRegion.ts';
import { createMarkdown } from '../card/markdown.ts';
import { createStray } from '../card/stray.ts';
import { fillIn } from '../fillIn.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { createCardList } from './cardList.ts';
import { createCardPlaces } from './cardPlaces.ts';
import { host } from './host.ts';
import { emptyInbox, hasMoved, newcomers, reduceInbox } from './inboxModel.ts';
import { inboxView, stateView } from './inboxView.ts';
import { type ItemContext, itemView } from './itemView.ts';
import { listenToKeys } from './listenToKeys.ts';
import { standingAfter } from './standing.ts';

// The page of the inbox. It shows what the inbox has sent, and tells it what the user wants; it decides nothing itself.

/** So many newcomers are read out one by one. */
const readOut = 3;

/** Puts the page together when the inbox has said its first words. */
function begin({ strings: words, only, beside = false }: Extract<ToInbox, { type: 'begin' }>): (message: ToInbox) => void {
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
  const alone = only !== undefined;
  // The head of the only card is that of the page.
  main.append(...(alone ? [] : [heading]), trouble, scroller, notice, news);
  document.body.replaceChildren(main);

  const stray = createStray();
  const places = createCardPlaces(scroller);
  const list = createCardList(scroller, () => (places.held() === undefined ? reading : focused), draw);
  const sending = new Set<string>();
  const context: ItemContext = {
    words,
    sending,
    kept: host,
    keys: true,
    alone,
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

  const shown = (): readonly InboxItem[] => (showsSent || alone ? [...model.open, ...model.sent] : model.open);

  function draw(): void {
    if (drawing) {
      if (!again) requestAnimationFrame(draw);
      again = true;
      return;
    }
    [drawing, again] = [true, false];
    const held = places.held();
    try {
      render(model.trouble === undefined ? nothing : stateView(model.trouble, context), trouble);
      const reachable = shown().some(({ id }) => id === focused) ? focused : shown()[0]?.id;
      const view = (item: InboxItem) => itemView(item, item.id === reachable, context);
      render(inboxView(model, { words, list, alone, beside, showsSent, view, showSent, tell }), scroller);
      list.measure();
    } finally {
      drawing = false;
    }
    markWhole();
    // What had the keyboard may be gone, a button of an answered card say: its card takes it, or the one that stands there now.
    if (held !== undefined && places.held() === undefined) giveToCard();
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
    if (alone) return;
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

  const isWhole = (): boolean => model.card?.requestId === reading && places.isWhole(reading);

  /** The keys of a card are shown while they are heard. */
  function markWhole(): void {
    places.articleOf(reading)?.classList.toggle('whole', isWhole());
  }

  function goTo(id: string | undefined): void {
    if (id === undefined) return;
    focused = id;
    host.save({ focused });
    if (!alone) list.scrollTo(id);
    draw();
    // It is drawn once the list has moved.
    const look = (tries: number): void => {
      const top = places.articleOf(id)?.querySelector<HTMLElement>('.top');
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
    else focusIfPageActive(scroller.querySelector<HTMLElement>('.clear, .alone'));
  }

  /** The user has come to the page, and stands nowhere on it yet. */
  function arrive(): void {
    if (document.hasFocus() && document.activeElement === document.body) giveToCard();
  }

  function take(message: Extract<ToInbox, { type: 'items' | 'card' }>): void {
    const before = model;
    const order = shown().map(({ id }) => id);
    const isFirst = model.clear === undefined;
    model = reduceInbox(model, message);
    for (const id of sending) if (!model.open.some((item) => item.id === id)) sending.delete(id);
    const stands = alone ? { reading, focused } : standingAfter(before, model, order, { reading, focused });
    if (reading !== stands.reading) host.tell({ type: 'read' });
    if (reading !== stands.reading || focused !== stands.focused) host.save(stands);
    ({ reading, focused } = stands);
    if (hasMoved(before, model)) moved();
    const anchor = places.anchor(reading);
    list.set(model.open);
    draw();
    places.keep(anchor);
    if (message.type === 'card' && before.card?.requestId !== model.card?.requestId)
      requestAnimationFrame(() => {
        // The card that was open before may not have been drawn closed yet.
        list.settle();
        places.bringIntoView(reading);
        markWhole();
      });
    if (isFirst) return arrive();
    const [settled] = alone && before.open.length > 0 ? model.sent : [];
    if (settled !== undefined) news.textContent = settled.label;
    const came = newcomers(before, model);
    if (came.length > 0)
      news.textContent = came.length > readOut ? fillIn(words.came, came.length) : came.map(({ label }) => label).join('\n');
  }

  scroller.addEventListener('scroll', markWhole, { passive: true });
  scroller.addEventListener('click', (event) => linkPressed(event, host.tell));
  scroller.addEventListener('keydown', (event) => event.key === 'Enter' && linkPressed(event, host.tell));
  scroller.addEventListener('focusin', () => {
    const id = places.held();
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
      if (places.articleOf(reading) === undefined) return `:${version}`;
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
      const article = places.articleOf(reading);
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
  const { only } = message;
  if (only !== undefined) host.save({ only, reading: only, focused: only });
  page = begin(message);
  const { reading } = host.state;
  if (reading !== undefined) host.tell({ type: 'read', id: reading });
});
host.tell({ type: 'ready' });
