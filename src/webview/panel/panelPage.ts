import { html, nothing, render } from 'lit-html';
import type { Row, ToPage } from '../../protocol/toPanelPage.ts';
import { linkPressed } from '../card/linkPressed.ts';
import { liveRegion } from '../card/liveRegion.ts';
import { createMarkdown } from '../card/markdown.ts';
import { createStray } from '../card/stray.ts';
import { formattedText } from '../card/textNodes.ts';
import { barView } from './barView.ts';
import { conversationOf, type ThreadEntry } from './conversation.ts';
import { headerView } from './headerView.ts';
import { host } from './host.ts';
import { bringsRequest, emptyModel, questionsOf, reducePage, timelineOf } from './pageModel.ts';
import { createPictures } from './pictures.ts';
import { createReplyBox, type ReplyBox } from './replyBox.ts';
import { type RowContext, rowView, timelineView } from './rowView.ts';
import { createThreadView, type ThreadView } from './threadView.ts';
import { keepTimes } from './timeView.ts';

// The page of a task's panel. It shows what the panel has sent, and tells it what the user wants; it decides nothing itself.

const saveMs = 200;

/** Puts the page together when the panel has said its first words. */
function begin({ strings: words, saved, language }: Extract<ToPage, { type: 'begin' }>): (message: ToPage) => void {
  host.save({ saved });
  let model = emptyModel;
  let query = '';
  let timeline = host.state.timeline;

  const main = document.createElement('main');
  const top = document.createElement('header');
  const list = document.createElement('div');
  main.append(top, list);
  const bottom = document.createElement('footer');
  const bar = document.createElement('div');
  const box = document.createElement('div');
  bottom.append(bar, box);
  const notice = liveRegion('alert', 'notice');
  const news = liveRegion('status', 'unseen');
  document.body.replaceChildren(main, notice, bottom, news);

  const sending = new Set<string>();
  const pictures = createPictures({ tell: host.tell, redraw: () => thread.redraw(), urls: blobUrls });
  const stray = createStray();
  const context: RowContext = {
    words,
    language,
    sending,
    pictures,
    isStray: () => stray.isStray(),
    redraw: () => thread.redraw(),
    tell: host.tell,
    kept: host,
    keys: false,
    write: (requestId) => reply.write(requestId),
    render: createMarkdown(words),
  };
  const headerPage = {
    words,
    showTimeline,
    search(text: string): void {
      query = text;
      draw();
    },
    stop: () => host.tell({ type: 'stop' }),
  };
  let saving: ReturnType<typeof setTimeout> | undefined;
  const thread: ThreadView = createThreadView({ scroller: main, header: top, list }, () => {
    saving ??= setTimeout(() => {
      saving = undefined;
      if (!timeline) keepPlace();
    }, saveMs);
    drawBar();
  });
  const reply: ReplyBox = createReplyBox(box, { words, language, say: (text) => (news.textContent = text) });
  thread.restore(host.state.top);
  keepTimes(language);
  main.addEventListener('click', (event) => linkPressed(event, host.tell, () => (news.textContent = words.copied)));
  main.addEventListener('keydown', (event) => event.key === 'Enter' && linkPressed(event, host.tell));

  function keepPlace(): void {
    const { top: place } = thread;
    const { top: _, ...others } = host.state;
    host.replace({ ...others, ...(place !== undefined && { top: place }) });
  }

  function showTimeline(on: boolean): void {
    timeline = on;
    host.save({ timeline });
    thread.restore(on ? undefined : host.state.top);
    draw();
  }

  function openStep(row: Row): void {
    showTimeline(false);
    thread.reveal(row.id);
  }

  function drawTop(): void {
    const { header } = model;
    if (header === undefined) render(html`<h1>${saved.title}</h1><p class="facts">${model.failure ?? words.loading}</p>`, top);
    else render(headerView(header, saved.taskId, { ...headerPage, timeline, query, failure: model.failure }), top);
  }

  function drawBar(): void {
    const { header } = model;
    const page = { words, isInSight: (id: string) => !timeline && thread.isInSight(id), atEnd: thread.top === undefined };
    render(header === undefined ? nothing : barView(header, { ...page, goTo, toEnd: () => thread.toEnd() }), bar);
  }

  function goTo(id: string): void {
    if (timeline) showTimeline(false);
    thread.reveal(id);
  }

  function draw(): void {
    drawTop();
    if (timeline) {
      const empty = query.trim() === '' ? words.empty : words.nothingFound;
      const about = { label: words.timeline, empty, height: () => 36 };
      thread.show(timelineOf(model.rows, query), (row) => timelineView(row, context, openStep), about);
    } else {
      const entries = new Map(conversationOf(model.rows, model.header?.newSince).map((entry) => [entry.row.id, entry]));
      const entryOf = (row: Row): ThreadEntry => entries.get(row.id) ?? { row, goesOn: false, firstNew: false };
      const empty = model.header === undefined ? (model.failure ?? words.loading) : words.empty;
      const about = { label: words.thread, empty, height: (row: Row) => heightOf(entryOf(row)) };
      thread.show(model.rows, (row) => rowView(entryOf(row), context), about);
    }
    // What is in sight is known once it is drawn.
    requestAnimationFrame(drawBar);
  }

  /** As it is read out: without marks, and without the buttons over code. */
  function spokenText({ id, text, kind }: Row): string {
    if (kind === 'status') return text;
    const node = formattedText(id, text, context).cloneNode(true) as HTMLElement;
    for (const over of node.querySelectorAll('.bar')) over.remove();
    return node.textContent;
  }

  /** @param label what is written goes there from now on */
  function announce(ids: readonly string[], label: string | undefined): void {
    const rows = model.rows.filter(({ id }) => ids.includes(id));
    const said = (row: Row): string => [spokenText(row).slice(0, 500), ...row.files.map(({ name }) => name)].join('\n');
    const lines = rows.map((row) => `${row.own ? '' : `${words.agent} `}${row.who}: ${said(row)}`);
    if (label !== undefined) lines.push(label);
    if (lines.length > 0) news.textContent = lines.join('\n');
  }

  draw();
  return (message) => {
    switch (message.type) {
      case 'begin':
        return;
      case 'thread':
      case 'change':
      case 'failed':
        if (bringsRequest(model, message)) stray.moved();
        model = reducePage(model, message);
        for (const { card } of model.rows) if (card?.open === false) sending.delete(card.requestId);
        draw();
        announce(message.type === 'change' ? message.news : [], message.type === 'failed' ? undefined : reply.ask(questionsOf(model)));
        return;
      case 'notice':
        render(
          html`<p class=${message.level}>${message.text}</p>
            <button type="button" aria-label="×" @click=${() => render(nothing, notice)}>×</button>`,
          notice,
        );
        return;
      case 'sent':
        return reply.sent(message.key);
      case 'file':
        return reply.file(message.chip);
      case 'gone':
        return reply.gone(message.attachmentIds);
      case 'picture':
        return pictures.hear(message);
      case 'unanswered':
        sending.delete(message.requestId);
        return thread.redraw();
      case 'reveal':
        return goTo(message.rowId);
    }
  };
}

/** How high an entry will be, roughly. Pixels. */
function heightOf({ row, goesOn }: ThreadEntry): number {
  return goesOn || row.kind === 'status' ? 26 : row.kind === 'request' ? 220 : 64;
}

/** Addresses that only this page knows, and that lead to no server. */
const blobUrls = {
  make: (bytes: ArrayBuffer, type: string): string => URL.createObjectURL(new Blob([bytes], { type })),
  isDrawn: (url: string): boolean => document.querySelector(`img[src="${url}"]`) !== null,
  takeBack: (url: string): void => URL.revokeObjectURL(url),
};

let page: ((message: ToPage) => void) | undefined;
host.listen((message) => {
  if (message.type === 'begin') page = begin(message);
  else page?.(message);
});
host.tell({ type: 'ready' });
