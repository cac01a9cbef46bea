import type { DialogQuestion, PartAnswer } from '../../protocol/model.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import { besidePage, promptOptions } from '../shell/asking.ts';
import type { NotPicked, PickItem, PromptButton } from '../shell/prompts.ts';
import { joinParts } from '../text/displayNames.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { DialogsDeps } from './api.ts';

/** How many characters of a question a prompt shows. */
const lineLength = 300;

/** The answer to one question, or how its prompt was left. */
type PartAsked = { kind: 'answer'; part: PartAnswer } | NotPicked;

/** One of the options, or text if there is no `choice`. */
interface Picked {
  choice?: string;
}

/** One question of the set. */
interface Part {
  question: DialogQuestion;
  /** Its index in the set, and the size of the set. */
  at: number;
  of: number;
  /** The key of its draft. */
  key: string;
}

/** Asks the questions one by one and returns all answers together. *Back* returns to the previous question. */
export function createAskQuestions({
  prompts,
  pages,
  drafts,
  l10n,
}: DialogsDeps): (asking: Asking, questions: readonly DialogQuestion[]) => Promise<Asked> {
  /** The answers that were given before the user left, by request. */
  const given = new Map<string, PartAnswer[]>();

  async function askPart(asking: Asking, part: Part): Promise<PartAsked> {
    const { question, key } = part;
    const asked = question.options.length === 0 ? await write(asking, part) : await choose(asking, part);
    if (asked.kind === 'button' && asked.id === 'note') {
      const left = await askNote(asking, part);
      return left ?? askPart(asking, part);
    }
    const note = drafts.get(`${key} note`);
    return asked.kind === 'answer' && note.trim() !== '' ? { kind: 'answer', part: { ...asked.part, note } } : asked;
  }

  async function choose(asking: Asking, part: Part): Promise<PartAsked> {
    const { question, key } = part;
    const options = { ...optionsOf(asking, part), placeholder: lineOf(question) };
    if (!question.multiple) {
      const result = await prompts.pickOne(items(question, []), options);
      if (result.kind !== 'picked') return result;
      const { choice } = result.value;
      return choice === undefined ? write(asking, part) : { kind: 'answer', part: { choices: [choice] } };
    }
    const result = await prompts.pickMany(items(question, drafts.ticks(key)), {
      ...options,
      ticked: (values) => drafts.tick(key, choicesOf(values)),
    });
    if (result.kind !== 'picked') return result;
    if (result.value.length === 0) return { kind: 'dismissed' };
    const choices = choicesOf(result.value);
    if (choices.length === result.value.length) return { kind: 'answer', part: { choices } };
    const words = await write(asking, part);
    return words.kind === 'answer' && choices.length > 0 ? { kind: 'answer', part: { ...words.part, choices } } : words;
  }

  async function write(asking: Asking, part: Part): Promise<PartAsked> {
    const { question, key } = part;
    const result = await prompts.input({
      ...optionsOf(asking, part),
      prompt: lineOf(question),
      placeholder: l10n.t('Your answer'),
      value: drafts.get(key),
      typed: (value) => drafts.typed(key, value),
      required: l10n.t('Write an answer, or press Escape to leave the question open.'),
    });
    drafts.set(key, result.value);
    return result.kind === 'accepted' ? { kind: 'answer', part: { text: result.value } } : result;
  }

  /** Asks for a note; an empty one is ignored. Returns `undefined` if the question is to be asked again. */
  async function askNote(asking: Asking, { question, key }: Part): Promise<NotPicked | undefined> {
    const noteKey = `${key} note`;
    const result = await prompts.input({
      ...promptOptions(asking),
      prompt: lineOf(question),
      placeholder: l10n.t('A note that goes with your answer'),
      value: drafts.get(noteKey),
      typed: (value) => drafts.typed(noteKey, value),
    });
    drafts.set(noteKey, result.value);
    return result.kind === 'aborted' ? result : undefined;
  }

  function items({ options }: DialogQuestion, ticked: readonly string[]): PickItem<Picked>[] {
    return [
      ...options.map(({ label, description = '' }) => ({
        label: visibleLine(label),
        ...(description !== '' && { detail: visibleLine(description) }),
        ticked: ticked.includes(label),
        value: { choice: label },
      })),
      { label: l10n.t('Other…'), description: l10n.t('type your own answer'), value: {} },
    ];
  }

  function optionsOf(asking: Asking, { question, at, of }: Part): ReturnType<typeof promptOptions> {
    const { title, ...options } = promptOptions(asking);
    const named = joinParts([title, truncate(visibleLine(question.header ?? ''), 40)]);
    const ways = at === 0 ? asking.buttons : [back, ...asking.buttons.filter(({ id }) => id !== 'back')];
    return {
      ...options,
      title: of === 1 ? named : l10n.t('{0} ({1} of {2})', named, at + 1, of),
      buttons: [...ways, noteButton(), openButton()],
    };
  }

  function noteButton(): PromptButton {
    return { id: 'note', icon: 'note', tooltip: l10n.t('Add a Note to the Answer') };
  }

  function openButton(): PromptButton {
    return { id: 'open', icon: 'go-to-file', tooltip: l10n.t('Open the whole question') };
  }

  return async (asking, questions) => {
    const { id } = asking.request;
    const answers = given.get(id) ?? [];
    given.set(id, answers);
    const askAll = async (): Promise<Asked> => {
      let at = Math.min(answers.length, questions.length - 1);
      for (let question = questions[at]; question !== undefined; question = questions[at]) {
        const asked = await askPart(asking, { question, at, of: questions.length, key: `${id} ${at}` });
        if (asked.kind === 'answer') {
          answers[at] = asked.part;
          at += 1;
        } else if (asked.kind === 'button' && asked.id === 'back' && at > 0) at -= 1;
        else return asked;
      }
      for (const index of questions.keys()) for (const key of [`${id} ${index}`, `${id} ${index} note`]) drafts.delete(key);
      const [first] = answers;
      return { kind: 'answer', draft: questions.length === 1 && first !== undefined ? first : { answers: [...answers] } };
    };
    // A page beside the prompts shows what does not fit into them.
    return questions.every(fitsPrompt) ? askAll() : besidePage(pages.review(asking.request), askAll);
  };
}

const back: PromptButton = { id: 'back', icon: '', tooltip: '' };

function choicesOf(values: readonly Picked[]): string[] {
  return values.flatMap(({ choice }) => choice ?? []);
}

function lineOf({ question }: DialogQuestion): string {
  return truncate(visibleLine(question.slice(0, 2_000)), lineLength);
}

/** Whether a prompt shows the whole question: one line, and at most one line for each option. */
function fitsPrompt({ question, description = '', options }: DialogQuestion): boolean {
  const lines = [question, ...options.map((option) => option.description ?? '')];
  return (
    description === '' &&
    lines.every((line) => line.length <= 120 && !line.includes('\n')) &&
    options.every(({ preview }) => preview === undefined)
  );
}
