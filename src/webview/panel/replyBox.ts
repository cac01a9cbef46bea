import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { limits } from '../../protocol/limits.ts';
import type { Chip, PanelStrings } from '../../protocol/toPanelPage.ts';
import { fillIn } from '../fillIn.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { createChips } from './chips.ts';
import { chipsView } from './chipView.ts';
import { type Addressee, type ComposerEvent, isLost, startComposer, stepComposer } from './composerTarget.ts';
import { host } from './host.ts';
import { takeDrops } from './takeDrops.ts';

/** The box for what the user writes: a message to the agent, or the answer to a question. Its text and its files are kept until they have arrived. */
export interface ReplyBox {
  /** The questions that can be answered, in the order in which the user is asked. @returns what the box says of itself, if that is new */
  ask(questions: readonly OpenQuestion[]): string | undefined;
  /** What is written answers this question from now on. */
  write(requestId: string): void;
  /** The message with this key has arrived. */
  sent(key: string): void;
  /** What the panel says of a file. */
  file(chip: Chip): void;
  /** The hub has lost these files. */
  gone(attachmentIds: readonly string[]): void;
}

export interface OpenQuestion {
  requestId: string;
  /** One line, without Markdown. */
  title: string;
  /** Several of its choices can be ticked, and those that are go along with what is written. */
  multiple: boolean;
  /** An agent waits for it. */
  due: boolean;
}

const box = 'reply';
const keyBox = 'reply:key';
const targetBox = 'reply:to';
const longestTitle = 120;

/** @param deps.say tells those who can't see what happens to files */
export function createReplyBox(
  place: HTMLElement,
  { words, language, say }: { words: PanelStrings; language: string; say: (text: string) => void },
): ReplyBox {
  let problem = '';
  /** It is to be sent as soon as its files are attached. */
  let waits = false;
  let questions: readonly OpenQuestion[] = [];
  /** What the questions say that text was meant for, also when they are gone. */
  const titles = new Map<string, string>();
  /** What was sent, by its key, until it is known to have arrived. */
  const going = new Map<string, { text: string; attachmentIds: string[]; target: Addressee }>();
  const chips = createChips({
    words,
    host,
    say,
    changed(news = problem) {
      problem = news;
      host.keepDraft(keyBox, '');
      step({ type: 'wrote', empty: isEmpty(), at: performance.now() });
      if (waits && chips.state !== 'coming') send();
      else draw();
    },
  });
  let composer = startComposer({ empty: isEmpty(), kept: host.draft(targetBox) || undefined });
  takeDrops(words, { take: (files) => chips.take(files), refuse: complain });

  function isEmpty(): boolean {
    return host.draft(box) === '' && chips.all.length === 0;
  }

  function step(event: ComposerEvent): void {
    composer = stepComposer(composer, event);
    host.keepDraft(targetBox, composer.by === 'nobody' ? '' : composer.target);
  }

  function complain(why: string): void {
    problem = why;
    draw();
  }

  function choose(target: Addressee): void {
    step({ type: 'chose', target });
    host.keepDraft(keyBox, '');
    waits = false;
    complain('');
  }

  function send(): void {
    const text = host.draft(box).trim();
    const { target } = composer;
    const attachmentIds = chips.all.flatMap((chip) => (chip.state === 'ready' ? [chip.attachmentId] : []));
    waits = chips.state === 'coming' && text.length <= limits.text;
    complain(
      text.length > limits.text ? words.tooLong : { ready: '', coming: words.filesOnTheirWay, refused: words.filesRefused }[chips.state],
    );
    if ((text === '' && attachmentIds.length === 0) || problem !== '' || isLost(composer)) return;
    // The key stays with text and files, so that a second attempt of the same says it once.
    const key = host.draft(keyBox) || crypto.randomUUID();
    host.keepDraft(keyBox, key);
    going.set(key, { text, attachmentIds, target });
    const files = attachmentIds.length > 0 && { attachmentIds };
    host.tell({ type: 'reply', text, key, ...files, answers: target === 'message' ? null : { requestId: target, ...ticksOf(target) } });
  }

  function ticksOf(target: Addressee): { choices?: string[] } {
    const choices = questions.some(({ requestId, multiple }) => multiple && requestId === target) ? host.ticks(target) : [];
    return choices.length === 0 ? {} : { choices: [...choices] };
  }

  function take(event: Event): void {
    host.keepDraft(box, (event.target as HTMLTextAreaElement).value);
    host.keepDraft(keyBox, '');
    step({ type: 'wrote', empty: isEmpty(), at: performance.now() });
    // The user goes on writing, so they send it themselves.
    if (waits) problem = '';
    waits = false;
    draw();
  }

  function remove(file: string): void {
    chips.remove(file);
    // The button that was pressed is gone.
    focusIfPageActive(place.querySelector<HTMLElement>('.remove, textarea'));
  }

  function labelOf(target: Addressee): string {
    if (target === 'message') return words.reply;
    const title = titles.get(target) ?? '';
    return fillIn(words.answerTo, title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title || '…');
  }

  /** Where it can go, if there is more than one place. */
  function targetsView(): TemplateResult | undefined {
    const { target, open = [] } = composer;
    const targets = [...(target === 'message' || open.includes(target) ? [] : [target]), ...open, 'message'];
    if (targets.length === 1) return undefined;
    return html`<select aria-label=${words.goesTo} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${targets.map((each) => html`<option value=${each} .selected=${live(each === target)}>${labelOf(each)}</option>`)}
    </select>`;
  }

  function draw(): void {
    const { target, open = [] } = composer;
    const label = labelOf(target);
    const filled = !isEmpty() || problem !== '';
    const lost = isLost(composer);
    render(
      html`<form
        class=${filled || open.length > 1 || composer.by === 'choice' ? 'filled' : ''}
        @submit=${(event: Event) => {
          event.preventDefault();
          send();
        }}
      >
        <div class="to">${targetsView() ?? html`<span aria-hidden="true">${label}</span>`}</div>
        ${lost && !composer.empty ? html`<p class="warning" role="alert">${words.questionGone}</p>` : nothing}
        <div class="compose">
          <textarea
            rows="1"
            aria-label=${label}
            placeholder=${label}
            aria-describedby="hint"
            .value=${live(host.draft(box))}
            @input=${take}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              send();
            }}
          ></textarea>
          <button type="submit" @mousedown=${keepFocus}>${words.send}</button
          ><button type="button" @mousedown=${keepFocus} @click=${() => host.tell({ type: 'chooseFiles' })}>${words.attach}</button>
        </div>
        ${chipsView(chips.all, { words, language, remove })}
        ${problem === '' ? nothing : html`<p class="warning" role="alert">${problem}</p>`}
        <p id="hint" class="hint">${fillIn(words.sendHint, sendChord())}</p>
      </form>`,
      place,
    );
  }

  draw();
  return {
    ask(now) {
      questions = now;
      for (const { requestId, title } of now) titles.set(requestId, title);
      const { target } = composer;
      const idsOf = (some: readonly OpenQuestion[]): string[] => some.map(({ requestId }) => requestId);
      step({ type: 'asked', open: idsOf(now), due: idsOf(now.filter(({ due }) => due)), at: performance.now() });
      draw();
      return target === composer.target || !place.contains(document.activeElement) ? undefined : labelOf(composer.target);
    },
    write(requestId) {
      choose(requestId);
      focusIfPageActive(place.querySelector<HTMLElement>('textarea'));
    },
    sent(key) {
      const { text, attachmentIds, target } = going.get(key) ?? { text: undefined, attachmentIds: [], target: 'message' };
      going.delete(key);
      // What was typed meanwhile stays, and where it goes as well.
      if (host.draft(keyBox) === key || host.draft(box).trim() === text) host.keepDraft(box, '');
      chips.sent(attachmentIds);
      if (isEmpty()) step({ type: 'sent', target, at: performance.now() });
      draw();
    },
    file: (chip) => chips.hear(chip),
    gone: (attachmentIds) => chips.lose(attachmentIds),
  };
}

/** The box changes its height with the focus, and a button that moves away between press and release is not clicked. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** As the keys of this computer are called. */
function sendChord(): string {
  return /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘Enter' : 'Ctrl+Enter';
}
