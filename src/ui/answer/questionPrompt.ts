import type { Request } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import { besidePage, promptOptions } from '../shell/asking.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { PickItem, PickOptions, PromptButton, Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { linesOfQuestion } from '../text/promptLines.ts';
import { truncate } from '../text/truncate.ts';
import { firstVisibleLine, visibleLine } from '../text/visibleText.ts';
import type { SavedAnswers } from './savedAnswers.ts';

/** How many characters a prompt shows in its box, and below it. */
const [shortLength, boxLength] = [72, 500];

function isShort(question: string): boolean {
  return plainLine(question).length <= shortLength;
}

type Picked = { kind: 'choice'; choice: string } | { kind: 'other' };

/** Asks the user to answer a question: one of its choices, several of them, or text. */
export function createQuestionPrompt(deps: {
  prompts: Prompts;
  pages: Pages;
  drafts: Drafts;
  saved: SavedAnswers;
  l10n: L10n;
}): (asking: Asking) => Promise<Asked> {
  const { prompts, drafts, saved, l10n } = deps;

  /** @param lines the whole question, if it is longer than a line and a prompt shows it */
  async function askForOne(asking: Asking, lines: readonly string[] | undefined): Promise<Asked> {
    const placeholder = lines === undefined ? line(asking.request) : l10n.t('Choose, or press the key beside it');
    const result = await prompts.pickOne(items(asking.request), { ...pickOptions(asking), placeholder, lines: lines ?? [] });
    if (result.kind !== 'picked') return result;
    if (result.value.kind === 'other') return askInWords(asking);
    return { kind: 'answer', draft: { choices: [result.value.choice] } };
  }

  async function askForSeveral(asking: Asking): Promise<Asked> {
    const { id } = asking.request;
    const ticked = drafts.ticks(id);
    const offered = items(asking.request).map((item) => ({
      ...item,
      ticked: item.value.kind === 'choice' && ticked.includes(item.value.choice),
    }));
    const result = await prompts.pickMany(offered, {
      ...pickOptions(asking),
      ticked: (values) => drafts.tick(id, choicesOf(values)),
    });
    if (result.kind !== 'picked') return result;
    if (result.value.length === 0) return { kind: 'dismissed' };
    const choices = choicesOf(result.value);
    if (choices.length === result.value.length) return { kind: 'answer', draft: { choices } };
    const words = await askInWords(asking);
    return words.kind === 'answer' && choices.length > 0 ? { kind: 'answer', draft: { ...words.draft, choices } } : words;
  }

  function choicesOf(values: readonly Picked[]): string[] {
    return values.flatMap((picked) => (picked.kind === 'choice' ? [picked.choice] : []));
  }

  /** Offers the reusable answers first, unless there is a draft. */
  async function askInWords(asking: Asking): Promise<Asked> {
    const { id, workspaceId } = asking.request;
    const kept = drafts.get(id) === '' ? saved.list(workspaceId) : [];
    if (kept.length === 0) return write(asking);
    const own: PickItem<{ text?: string }> = {
      label: l10n.t('Write an Answer…'),
      description: l10n.t('type your own answer'),
      value: {},
    };
    const result = await prompts.pickOne<{ text?: string }>([...kept.map(savedItem), own], pickOptions(asking));
    if (result.kind !== 'picked') return result;
    const { text } = result.value;
    return text === undefined ? write(asking) : { kind: 'answer', draft: { text } };
  }

  function savedItem(text: string): PickItem<{ text: string }> {
    const shown = firstVisibleLine(text);
    return {
      label: truncate(shown, 100),
      ...(shown !== text && { detail: truncate(visibleLine(text), 200) }),
      icon: 'bookmark',
      value: { text },
    };
  }

  async function write(asking: Asking): Promise<Asked> {
    const { request } = asking;
    const keep: PromptButton = { id: 'keep', icon: 'bookmark', tooltip: l10n.t('Send and Save for Next Time') };
    const result = await prompts.input({
      ...promptOptions(asking),
      buttons: [...asking.buttons, openButton(), keep],
      prompt: line(request),
      placeholder: l10n.t('Your answer'),
      value: drafts.get(request.id),
      typed: (value) => drafts.typed(request.id, value),
      required: l10n.t('Write an answer, or press Escape to leave the question open.'),
    });
    const { value: text } = result;
    drafts.set(request.id, text);
    const keeps = result.kind === 'button' && result.id === 'keep';
    if (keeps && text.trim() === '') return write(asking);
    if (keeps) saved.add(request.workspaceId, text);
    else if (result.kind !== 'accepted') return result;
    saved.lastGiven = { workspaceId: request.workspaceId, text };
    return { kind: 'answer', draft: { text } };
  }

  function items(request: Request): PickItem<Picked>[] {
    return [
      ...request.choices.map((choice, index) => ({
        label: visibleLine(choice),
        ...(index < 9 && !request.multiple && { key: String(index + 1) }),
        value: { kind: 'choice', choice } as const,
      })),
      { label: l10n.t('Other…'), description: l10n.t('type your own answer'), value: { kind: 'other' } },
    ];
  }

  function pickOptions(asking: Asking): PickOptions {
    return { ...promptOptions(asking), buttons: [...asking.buttons, openButton()], placeholder: line(asking.request) };
  }

  function line(request: Request): string {
    return truncate(plainLine(request.question.slice(0, 2_000)), boxLength);
  }

  function openButton(): PromptButton {
    return { id: 'open', icon: 'go-to-file', tooltip: l10n.t('Open the whole question') };
  }

  return async (asking) => {
    const { question, choices, multiple } = asking.request;
    const short = isShort(question);
    const lines = choices.length > 0 && !multiple ? linesOfQuestion(question) : undefined;
    const ask = (): Promise<Asked> =>
      choices.length === 0 ? askInWords(asking) : multiple ? askForSeveral(asking) : askForOne(asking, short ? undefined : lines);
    const fits = choices.length === 0 ? plainLine(question).length <= boxLength : multiple ? short : lines !== undefined;
    return fits ? ask() : besidePage(deps.pages.review(asking.request), ask);
  };
}
