import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PanelStrings } from '../../protocol/toPanelPage.ts';
import { host } from './host.ts';

/** The box for a message to the agent. Its text is kept until the message is in the thread. */
export interface ReplyBox {
  /** The message with this key has arrived. */
  sent(key: string): void;
}

const box = 'reply';
const keyBox = 'reply:key';

export function createReplyBox(place: HTMLElement, words: PanelStrings, textLimit: number): ReplyBox {
  let problem = '';

  function send(): void {
    const text = host.draft(box).trim();
    problem = text.length > textLimit ? words.tooLong : '';
    draw();
    if (text === '' || problem !== '') return;
    // The key stays with the text, so that a second attempt of the same says it once.
    const key = host.draft(keyBox) || crypto.randomUUID();
    host.keepDraft(keyBox, key);
    host.tell({ type: 'reply', text, key });
  }

  function take(event: Event): void {
    host.keepDraft(box, (event.target as HTMLTextAreaElement).value);
    host.keepDraft(keyBox, '');
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
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              send();
            }}
          ></textarea>
        </label>
        ${problem === '' ? nothing : html`<p class="warning" role="alert">${problem}</p>`}
        <div class="buttons"><button type="submit">${words.send}</button><span id="hint" class="hint">${words.sendHint}</span></div>
      </form>`,
      place,
    );
  }

  draw();
  return {
    sent(key) {
      if (host.draft(keyBox) !== key) return;
      host.keepDraft(box, '');
      host.keepDraft(keyBox, '');
      draw();
    },
  };
}
