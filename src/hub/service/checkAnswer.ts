import { HubError } from '../../protocol/hubErrors.ts';
import type { AnswerDraft, DialogQuestion, PartAnswer, Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';

/** The answer as it is kept, if the request takes it. @throws HubError `invalid_input` */
export function checkAnswer(request: Request, draft: AnswerDraft, hasFiles: boolean): AnswerDraft {
  const { kind, dialog, choices, multiple } = request;
  if (dialog?.kind === 'plan') return checkPlan(request, draft);
  if (draft.mode !== undefined || draft.plan !== undefined) {
    throw new HubError('invalid_input', 'Only a plan is approved with a mode, or as it was edited. Leave both out.');
  }
  if (draft.answers !== undefined) return checkParts(dialog?.questions, draft);
  switch (kind) {
    case 'question':
      if (draft.decision !== undefined) {
        throw new HubError('invalid_input', 'This is a question, not a permission, a review or a task. Answer it with a choice or a text.');
      }
      return checkWords({ choices, multiple }, draft, hasFiles);
    case 'permission':
      return checkDecision('permission', ['allow', 'deny'], draft);
    case 'review':
      return checkDecision('review', ['approve', 'sendBack'], draft);
    case 'task':
      return checkDecision('task', ['done', 'reject', 'allow'], draft);
    default:
      return assertNever(kind);
  }
}

type GivenDecision = NonNullable<AnswerDraft['decision']>;

function checkDecision(
  what: 'permission' | 'review' | 'task',
  [yes, no, ...more]: readonly [GivenDecision, GivenDecision, ...GivenDecision[]],
  { decision, choices = [], text = '', note = '' }: AnswerDraft,
): AnswerDraft {
  if (decision === undefined || ![yes, no, ...more].includes(decision)) {
    throw new HubError('invalid_input', `A ${what} is ${verdicts[yes]} or ${verdicts[no]}: send a decision, “${yes}” or “${no}”.`);
  }
  if (choices.length > 0 || text.trim() !== '') {
    throw new HubError('invalid_input', `A ${what} takes a decision and a note. Put your words into the note.`);
  }
  return { decision, ...(note.trim() !== '' && { note }) };
}

function checkWords(
  asked: { choices: readonly string[]; multiple: boolean },
  { choices = [], text = '', note = '' }: PartAnswer,
  hasFiles: boolean,
): PartAnswer {
  const unknown = choices.find((choice) => !asked.choices.includes(choice));
  if (unknown !== undefined) {
    throw new HubError('invalid_input', `“${unknown}” is not one of the choices. Take one of them, or answer in your own words.`);
  }
  if (choices.length > 1 && !asked.multiple) {
    throw new HubError('invalid_input', 'This question takes one choice. Take one of them, or answer in your own words.');
  }
  if (choices.length === 0 && text.trim() === '' && !hasFiles) {
    throw new HubError('invalid_input', 'An answer needs a choice or a text.');
  }
  return {
    ...(choices.length > 0 && { choices: [...new Set(choices)] }),
    ...(text.trim() !== '' && { text }),
    ...(note.trim() !== '' && { note }),
  };
}

/** One answer for each question. Beside them stands the same in words, for whatever shows answers as one text. */
function checkParts(questions: readonly DialogQuestion[] = [], { answers = [], ...rest }: AnswerDraft): AnswerDraft {
  const isMixed = rest.decision !== undefined || rest.choices !== undefined || rest.text !== undefined || rest.note !== undefined;
  if (questions.length === 0 || answers.length !== questions.length || isMixed) {
    throw new HubError(
      'invalid_input',
      `Send as many answers as there are questions (${questions.length}), in their order, and nothing else.`,
    );
  }
  const parts = questions.map(({ options, multiple }, index) =>
    checkWords({ choices: options.map(({ label }) => label), multiple }, answers[index] ?? {}, false),
  );
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  return { answers: parts, text: questions.map(({ question }, index) => `${question} → ${partWords(parts[index] ?? {})}`).join('\n') };
}

function partWords({ choices = [], text = '', note }: PartAnswer): string {
  const words = [choices.join(', '), text].filter((part) => part !== '').join(' — ');
  return note === undefined ? words : `${words} (note: ${note})`;
}

/** Without a mode the agent asks before each edit. A plan that was not changed is the agent's own. */
function checkPlan({ question }: Request, { mode, plan, ...draft }: AnswerDraft): AnswerDraft {
  const checked = checkDecision('review', ['approve', 'sendBack'], draft);
  if (draft.answers !== undefined || (checked.decision === 'sendBack' && (mode !== undefined || plan !== undefined))) {
    throw new HubError('invalid_input', 'A plan is approved, with a mode or as it was edited, or sent back with a note.');
  }
  if (plan !== undefined && plan.trim() === '') throw new HubError('invalid_input', 'A plan without words is none. Send it back instead.');
  if (checked.decision === 'sendBack') return checked;
  return { ...checked, mode: mode ?? 'manual', ...(plan !== undefined && plan !== question && { plan }) };
}

/** What each decision is, in a word. */
export const verdicts = {
  allow: 'allowed',
  deny: 'denied',
  approve: 'approved',
  sendBack: 'sent back',
  done: 'done',
  reject: 'rejected',
} as const;
