import type { AnswerDraft } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import { besidePage, promptOptions } from '../shell/asking.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { PickItem, PromptButton, Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { linesOfQuestion } from '../text/promptLines.ts';
import { truncate } from '../text/truncate.ts';

/** How many characters a prompt always shows on its one line. */
const lineLength = 72;

type Choice = { decision: NonNullable<AnswerDraft['decision']>; withNote: boolean };

/** Asks the user to decide on a review (approve, or send back with a note) or on a task of theirs (done or rejected). */
export function createReviewPrompt(deps: {
  prompts: Prompts;
  pages: Pages;
  drafts: Drafts;
  l10n: L10n;
}): (asking: Asking) => Promise<Asked> {
  const { prompts, pages, drafts, l10n } = deps;

  async function pick(asking: Asking, placeholder: string, lines: readonly string[] = []): Promise<Asked> {
    const picked = await prompts.pickOne(asking.request.kind === 'task' ? taskItems() : reviewItems(), {
      ...promptOptions(asking),
      buttons: [...asking.buttons, openButton()],
      guard: 'typing',
      placeholder,
      lines,
    });
    if (picked.kind !== 'picked') return picked;
    const { decision, withNote } = picked.value;
    return withNote ? askForNote(asking, decision) : { kind: 'answer', draft: { decision } };
  }

  async function askForNote(asking: Asking, decision: Choice['decision']): Promise<Asked> {
    const { id, question } = asking.request;
    const result = await prompts.input({
      ...promptOptions(asking),
      prompt: truncate(plainLine(question.slice(0, 2_000)), 300),
      placeholder: placeholderOf(decision),
      value: drafts.get(id),
      typed: (value) => drafts.typed(id, value),
      required: l10n.t('Write a note, or press Escape to decide nothing.'),
    });
    drafts.set(id, result.value);
    return result.kind === 'accepted' ? { kind: 'answer', draft: { decision, note: result.value } } : result;
  }

  function reviewItems(): PickItem<Choice>[] {
    return [
      { label: l10n.t('Send Back with a Note…'), key: '1', value: { decision: 'sendBack', withNote: true } },
      { label: l10n.t('Approve'), key: '2', value: { decision: 'approve', withNote: false } },
      { label: l10n.t('Approve with a Note…'), key: '3', value: { decision: 'approve', withNote: true } },
    ];
  }

  function taskItems(): PickItem<Choice>[] {
    return [
      { label: l10n.t('Reject with a Note…'), value: { decision: 'reject', withNote: true } },
      { label: l10n.t('Done'), value: { decision: 'done', withNote: false } },
      { label: l10n.t('Done, with a Note…'), value: { decision: 'done', withNote: true } },
    ];
  }

  function placeholderOf(decision: Choice['decision']): string {
    if (decision === 'reject') return l10n.t('Why you do not do it');
    return decision === 'sendBack' ? l10n.t('What is still to be done') : l10n.t('What the agent should mind');
  }

  function openButton(): PromptButton {
    return { id: 'open', icon: 'go-to-file', tooltip: l10n.t('Open the whole thread') };
  }

  return async (asking) => {
    const { question, place, kind } = asking.request;
    const line = plainLine(question);
    // The description of a task is on its page.
    if (place === undefined && kind !== 'task') {
      if (line.length <= lineLength) return pick(asking, line);
      const lines = linesOfQuestion(question);
      if (lines !== undefined) return pick(asking, l10n.t('Choose, or press the key beside it'), lines);
    }
    return besidePage(pages.review(asking.request), () => pick(asking, truncate(line, lineLength)));
  };
}
