import * as z from 'zod';
import type { Answer, DialogAsk, DialogQuestion, HookAnswer, HookEventOf, OwnDialog, PartAnswer, PlanMode } from '../hookEvent.ts';
import { optionalText } from './claudeForm.ts';

// Claude Code's own dialogs: the tools by which it asks its user, and shows a plan. Its hook for permissions answers them beside the
// dialog in the terminal. A bare allow is passed over there: the answer is in the input with which the tool is used then.

const optionSchema = z.object({ label: z.string().min(1), description: optionalText, preview: optionalText });
const questionSchema = z
  .object({
    question: z.string().min(1),
    header: optionalText,
    description: optionalText,
    /** Others than these ask for a number, say, whose limits are not shown here. */
    kind: z.enum(['choice', 'text']).default('choice'),
    options: z.array(optionSchema).default([]),
    multiSelect: z.boolean().default(false),
  })
  .transform(
    ({ question, header, description, options, multiSelect }): DialogQuestion => ({
      question,
      ...(header !== undefined && { header }),
      ...(description !== undefined && { description }),
      options: options.map((option) => ({
        label: option.label,
        ...(option.description !== undefined && { description: option.description }),
        ...(option.preview !== undefined && { preview: option.preview }),
      })),
      multiple: multiSelect,
    }),
  );
const questionsSchema = z.object({ questions: z.array(questionSchema).min(1) });
const planSchema = z.object({ plan: z.string().min(1) });

/** The tools that are dialogs, and what they are. */
const dialogTools: ReadonlyMap<string, OwnDialog['kind']> = new Map([
  ['AskUserQuestion', 'questions'],
  ['ExitPlanMode', 'plan'],
]);

/** What kind of dialog a tool is; `undefined` if it is none. */
export function dialogKindOf(tool: string): OwnDialog['kind'] | undefined {
  return dialogTools.get(tool);
}

/** What a tool asks the user; `undefined` if it is no dialog, or one that can't be shown or answered whole. */
export function readDialog(tool: string, input: unknown): DialogAsk | undefined {
  if (dialogKindOf(tool) === 'plan') {
    const { data } = planSchema.safeParse(input);
    return data === undefined ? undefined : { dialog: { kind: 'plan' }, text: data.plan };
  }
  const dialog = questionsIn(tool, input);
  return dialog === undefined ? undefined : { dialog };
}

/** The dialog that a report of a tool's use is about. What is said of a plan there may be less than the plan. */
export function reportedDialog(tool: string, input: unknown): OwnDialog | undefined {
  return dialogKindOf(tool) === 'plan' ? { kind: 'plan' } : questionsIn(tool, input);
}

function questionsIn(tool: string, input: unknown): OwnDialog | undefined {
  if (dialogKindOf(tool) !== 'questions') return undefined;
  const { data } = questionsSchema.safeParse(input);
  if (data === undefined) return undefined;
  // Answers are told apart by the text of their question, and choices by their label.
  const isClear = isDistinct(data.questions.map(({ question }) => question));
  const haveClearOptions = data.questions.every(({ options }) => isDistinct(options.map(({ label }) => label)));
  return isClear && haveClearOptions ? { kind: 'questions', questions: data.questions } : undefined;
}

function isDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

/** What Claude Code is told. */
export function answerDialog(answer: Answer, event: HookEventOf<'dialog'>): HookAnswer {
  const decision = event.dialog.kind === 'plan' ? planDecision(answer, event.input) : questionsDecision(answer, event.dialog, event.input);
  return { hookSpecificOutput: { hookEventName: event.name, decision } };
}

type Decision = { behavior: 'deny'; message: string } | { behavior: 'allow'; updatedInput: object; updatedPermissions?: object[] };

function questionsDecision(answer: Answer, { questions }: Extract<OwnDialog, { kind: 'questions' }>, input: unknown): Decision {
  const parts: readonly PartAnswer[] = answer.answers ?? [answer];
  // Words for all of several questions are the answer to none of them.
  if (parts.length !== questions.length) return { behavior: 'deny', message: joined(answer) };
  const answers: Record<string, string> = {};
  const annotations: Record<string, { notes: string }> = {};
  for (const [index, { question, multiple }] of questions.entries()) {
    const { value, notes } = said(parts[index] ?? {}, multiple);
    answers[question] = value;
    if (notes !== '') annotations[question] = { notes };
  }
  const echoed = typeof input === 'object' && input !== null ? input : {};
  return {
    behavior: 'allow',
    updatedInput: { ...echoed, answers, ...(Object.keys(annotations).length > 0 && { annotations }) },
  };
}

/** Of one choice the user's own words are a note to it; of several they are one more. */
function said({ choices = [], text = '', note = '' }: PartAnswer, multiple: boolean): { value: string; notes: string } {
  if (multiple) return { value: [...choices.map(quoted), ...(text === '' ? [] : [text])].join(', '), notes: note };
  const [choice] = choices;
  if (choice === undefined) return { value: text, notes: note };
  return { value: choice, notes: joined({ text, note }) };
}

function joined({ text = '', note = '' }: PartAnswer): string {
  return [text, note].filter((part) => part !== '').join('\n');
}

/** Exactly as its own dialog has it, or it takes the label for words of the user's own. */
function quoted(label: string): string {
  return label.includes(', ') || label.includes('"') ? JSON.stringify(label) : label;
}

/** The modes that a plan may be carried out in. None that allows more than edits is ever sent. */
const modes: { readonly [K in PlanMode]: string } = { manual: 'default', acceptEdits: 'acceptEdits' };

function planDecision({ decision, note, mode = 'manual', plan }: Answer, input: unknown): Decision {
  if (decision !== 'approve') return { behavior: 'deny', message: note ?? 'The user wants you to keep planning.' };
  const echoed = typeof input === 'object' && input !== null ? input : {};
  return {
    behavior: 'allow',
    updatedInput: { ...echoed, ...(plan !== undefined && { plan }) },
    updatedPermissions: [{ type: 'setMode', mode: modes[mode], destination: 'session' }],
  };
}
