import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { limits } from '../../protocol/limits.ts';
import type { Chip, PanelStrings } from '../../protocol/toPanelPage.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { createChips } from './chips.ts';
import { chipsView } from './chipView.ts';
import { host } from './host.ts';
import { takeDrops } from './takeDrops.ts';

/** The box for a message to the agent. Its text and its files are kept until the message is in the thread. */
export interface ReplyBox {
  /** The message with this key has arrived. */
  sent(key: string): void;
  /** What the panel says of a file. */
  file(chip: Chip): void;
  /** The hub has lost these files. */
  gone(attachmentIds: readonly string[]): void;
}

const box = 'reply';
const keyBox = 'reply:key';

/** @param deps.say tells those who can't see what happens to files */
export function createReplyBox(
  place: HTMLElement,
  { words, language, say }: { words: PanelStrings; language: string; say: (text: string) => void },
): ReplyBox {
  let problem = '';
  /** It is to be sent as soon as its files are attached. */
  let waits = false;
  /** What was sent, by its key, until it is known to have arrived. */
  const going = new Map<string, { text: string; attachmentIds: string[] }>();
  const chips = createChips({
    words,
    host,
    say,
    changed(news = problem) {
      problem = news;
      host.keepDraft(keyBox, '');
      if (waits && chips.state !== 'coming') send();
      else draw();
    },
  });
  takeDrops(words, { take: (files) => chips.take(files), refuse: complain });

  function complain(why: string): void {
    problem = why;
    draw();
  }

  function send(): void {
    const text = host.draft(box).trim();
    const attachmentIds = chips.all.flatMap((chip) => (chip.state === 'ready' ? [chip.attachmentId] : []));
    waits = chips.state === 'coming' && text.length <= limits.text;
    complain(
      text.length > limits.text ? words.tooLong : { ready: '', coming: words.filesOnTheirWay, refused: words.filesRefused }[chips.state],
    );
    if ((text === '' && attachmentIds.length === 0) || problem !== '') return;
    // The key stays with text and files, so that a second attempt of the same says it once.
    const key = host.draft(keyBox) || crypto.randomUUID();
    host.keepDraft(keyBox, key);
    going.set(key, { text, attachmentIds });
    host.tell({ type: 'reply', text, key, ...(attachmentIds.length > 0 && { attachmentIds }) });
  }

  function take(event: Event): void {
    host.keepDraft(box, (event.target as HTMLTextAreaElement).value);
    host.keepDraft(keyBox, '');
    // The user goes on writing, so they send it themselves.
    if (waits) complain('');
    waits = false;
  }

  function remove(file: string): void {
    chips.remove(file);
    // The button that was pressed is gone.
    focusIfPageActive(place.querySelector<HTMLElement>('.remove, textarea'));
  }

  function draw(): void {
    render(
      html`<form
        @submit=${(event: Event) => {
          event.preventDefault();
          send();
        }}
      >
        <label class="box"
          ><span>${words.reply}</span
          ><textarea
            rows="2"
            placeholder=${words.replyPlaceholder}
            aria-describedby="hint"
            .value=${live(host.draft(box))}
            @input=${take}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              send();
            }}
          ></textarea>
        </label>
        ${chipsView(chips.all, { words, language, remove })}
        ${problem === '' ? nothing : html`<p class="warning" role="alert">${problem}</p>`}
        <div class="buttons"><button type="submit">${words.send}</button
          ><button type="button" @click=${() => host.tell({ type: 'chooseFiles' })}>${words.attach}</button><span id="hint" class="hint">${words.sendHint}</span></div>
      </form>`,
      place,
    );
  }

  draw();
  return {
    sent(key) {
      const { text, attachmentIds } = going.get(key) ?? { text: undefined, attachmentIds: [] };
      going.delete(key);
      // What was typed meanwhile stays.
      if (host.draft(keyBox) === key || host.draft(box).trim() === text) host.keepDraft(box, '');
      chips.sent(attachmentIds);
    },
    file: (chip) => chips.hear(chip),
    gone: (attachmentIds) => chips.lose(attachmentIds),
  };
}
