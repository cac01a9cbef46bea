import { html, nothing, render } from 'lit-html';
import type { Row, ToPage } from '../../protocol/toPanelPage.ts';
import { linkPressed } from '../card/linkPressed.ts';
import { liveRegion } from '../card/liveRegion.ts';
import { createMarkdown } from '../card/markdown.ts';
import { createStray } from '../card/stray.ts';
import { host } from './host.ts';
import { bringsRequest, emptyModel, reducePage, timelineOf } from './pageModel.ts';
import { createPictures } from './pictures.ts';
import { createReplyBox, type ReplyBox } from './replyBox.ts';
import { type RowContext, rowView, timelineView } from './rowView.ts';
import { createThreadView, type ThreadView } from './threadView.ts';

// The page of a task's panel. It shows what the panel has sent, and tells it what the user wants; it decides nothing itself.

const saveMs = 200;

/** Puts the page together when the panel has said its first words. */
function begin({ strings: words, saved, language }: Extract<ToPage, { type: 'begin' }>): (message: ToPage) => void {
  host.save({ saved });
  let model = emptyModel;
  let query = '';
  let timeline = host.state.timeline;

  const top = document.createElement('header');
  const main = document.createElement('main');
  const bottom = document.createElement('footer');
  const notice = liveRegion('alert', 'notice');
  const news = liveRegion('status', 'unseen');
  document.body.replaceChildren(top, main, notice, bottom, news);

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
    render: createMarkdown(words),
  };
  let saving: ReturnType<typeof setTimeout> | undefined;
  const thread: ThreadView = createThreadView(main, () => {
    saving ??= setTimeout(() => {
      saving = undefined;
      if (!timeline) keepPlace();
    }, saveMs);
    drawTop();
  });
  const reply: ReplyBox = createReplyBox(bottom, { words, language, say: (text) => (news.textContent = text) });
  thread.restore(host.state.top);
  main.addEventListener('click', (event) => linkPressed(event, host.tell));
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
    if (header === undefined) {
      render(html`<h1>${saved.title}</h1><p class="facts">${model.failure ?? words.loading}</p>`, top);
      return;
    }
    const [first] = header.open;
    render(
      html`<div class="title">
          <h1>${header.title}</h1>
          <span class="status">${header.status}</span>
          ${header.stoppable === true ? html`<button type="button" @click=${() => host.tell({ type: 'stop' })}>${words.stop}</button>` : nothing}
        </div>
        <p class="facts">${header.facts}</p>
        ${model.failure === undefined ? nothing : html`<p class="warning">${model.failure}</p>`}
        ${
          header.waits === undefined
            ? nothing
            : html`<div class="waits">
                <span>${header.waits}</span>
                ${first === undefined ? nothing : html`<button type="button" @click=${() => goTo(first)}>${words.jumpToOpen}</button>`}
              </div>`
        }
        <div class="tools">
          <button type="button" aria-pressed=${timeline} @click=${() => showTimeline(!timeline)}>${words.timeline}</button>
          ${
            timeline
              ? html`<input
                  type="search"
                  aria-label=${words.search}
                  placeholder=${words.search}
                  .value=${query}
                  @input=${(event: Event) => {
                    query = (event.target as HTMLInputElement).value;
                    draw();
                  }}
                />`
              : nothing
          }
          ${thread.top === undefined ? nothing : html`<button type="button" @click=${() => thread.toEnd()}>${words.jumpToEnd}</button>`}
        </div>`,
      top,
    );
  }

  function goTo(id: string): void {
    if (timeline) showTimeline(false);
    thread.reveal(id);
  }

  function draw(): void {
    drawTop();
    if (timeline) {
      const empty = query.trim() === '' ? words.empty : words.nothingFound;
      thread.show(timelineOf(model.rows, query), (row) => timelineView(row, words, openStep), { label: words.timeline, empty });
    } else {
      const empty = model.header === undefined ? (model.failure ?? words.loading) : words.empty;
      thread.show(model.rows, (row) => rowView(row, context), { label: words.thread, empty });
    }
  }

  function announce(ids: readonly string[]): void {
    const rows = model.rows.filter(({ id }) => ids.includes(id));
    const said = ({ text, files }: Row): string => [text.slice(0, 500), ...files.map(({ name }) => name)].join('\n');
    if (rows.length > 0) news.textContent = rows.map((row) => `${row.own ? '' : `${words.agent} `}${row.who}: ${said(row)}`).join('\n');
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
        if (message.type === 'change') announce(message.news);
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
