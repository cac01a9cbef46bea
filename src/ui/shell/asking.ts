import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { OperationInput } from '../../protocol/operations.ts';
import type { NotPicked, PromptButton, PromptOptions } from './prompts.ts';

/** A request while the person is asked about it. */
export interface Asking {
  request: Request;
  /** The URI of the workspace's folder, if it has one. */
  folder: string | undefined;
  /** Who asks for what, and how far the person has come. */
  title: string;
  /** Ends every prompt about it. */
  gone: AbortSignal;
  /** The ways to leave it for another one. */
  buttons: readonly PromptButton[];
}

/** What is sent as the answer to a permission. */
export type Verdict = Pick<OperationInput<'answerRequest'>, 'decision' | 'note' | 'rule'>;

/** What the person said, or how they left it open. */
export type Asked = { kind: 'answer'; draft: AnswerDraft & Verdict } | NotPicked;

/** What all prompts about it have in common. */
export function promptOptions({ title, gone, buttons }: Asking): Pick<PromptOptions, 'title' | 'gone' | 'guard'> & {
  buttons: readonly PromptButton[];
} {
  return { title, gone, buttons, guard: 'opening' };
}
