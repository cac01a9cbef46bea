import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { OperationInput } from '../../protocol/operations.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { NotPicked, PromptButton, PromptOptions } from './prompts.ts';

/** A request that the user is being asked about. */
export interface Asking {
  request: Request;
  /** The URI of the workspace's folder, if it has one. */
  folder: string | undefined;
  /** The title of the prompts: the agent, and the progress of the round. */
  title: string;
  /** Closes the prompts about it. */
  signal: AbortSignal;
  /** The buttons that go to another request. */
  buttons: readonly PromptButton[];
}

/** The answer to a permission request. */
export type Verdict = Pick<OperationInput<'answerRequest'>, 'decision' | 'note' | 'rule'>;

/** The answer, or how the prompt was left. */
export type Asked = { kind: 'answer'; draft: AnswerDraft & Verdict } | NotPicked;

/** The options that all prompts about a request share. */
export function promptOptions({ title, signal, buttons }: Asking): Pick<PromptOptions, 'title' | 'signal' | 'guard'> & {
  buttons: readonly PromptButton[];
} {
  return { title, signal, buttons, guard: 'opening' };
}

/** Asks while a page is open beside the prompt. It does not stay open beside the next one. */
export async function besidePage<T>(opening: Promise<Disposable>, ask: () => Promise<T>): Promise<T> {
  const page = await opening;
  try {
    return await ask();
  } finally {
    page.dispose();
  }
}
