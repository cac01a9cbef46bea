import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { OwnDialog, Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { checkOpenCount, openRequest } from './openRequest.ts';
import { findAsked } from './permissions.ts';
import { soleOngoingTask } from './tasks.ts';

/** What an agent asks in a dialog of its own, and over a hook that waits beside it. */
export interface DialogAsk {
  dialog: OwnDialog;
  /** Of a plan: all of it. Of questions nothing: they say themselves what is asked. */
  text?: string | undefined;
  /** The agent's own id for this very use. */
  externalId?: string | undefined;
}

/**
 * Puts what an agent asks in its own window before the user as well. The same dialog of the same connection finds the request that is
 * there. No rule ever answers it.
 * @throws HubError `invalid_input`, if it can't be shown whole; `too_many_requests`
 */
export function askDialog(context: ServiceContext, caller: Caller, { dialog, text = '', externalId }: DialogAsk): Request {
  const { agent, connectionId } = caller;
  const asked = askedIn(dialog, text);
  check(dialog, asked.question);
  const route = { connectionId, source: 'hook' as const, externalId };
  // As it stands in databases.
  const key = JSON.stringify([agent.id, 'dialog', externalId === undefined ? { via: connectionId } : { externalId }, dialog, text]);
  const known = findAsked(context, caller, key, route);
  if (known !== undefined) return known;
  checkOpenCount(context, agent);
  const taskId = soleOngoingTask(context, caller);
  const { id: agentId, workspaceId } = agent;
  return openRequest(context, { workspaceId, taskId, agentId, ...asked, dialog }, { route, askKey: key });
}

/** The same as a request of ours: one question has its own choices, several stand below each other. */
function askedIn(dialog: OwnDialog, text: string): Pick<Request, 'kind' | 'question' | 'choices' | 'multiple'> {
  switch (dialog.kind) {
    case 'plan':
      return { kind: 'review', question: text, choices: [], multiple: false };
    case 'questions': {
      const [first, ...others] = dialog.questions;
      const question = dialog.questions.map((each) => each.question).join('\n');
      if (first === undefined || others.length > 0) return { kind: 'question', question, choices: [], multiple: false };
      return { kind: 'question', question, choices: first.options.map(({ label }) => label), multiple: first.multiple };
    }
    default:
      return assertNever(dialog);
  }
}

/** It is shown whole when it is answered, or not at all. */
function check(dialog: OwnDialog, question: string): void {
  const questions = dialog.kind === 'questions' ? dialog.questions : [];
  const isTooLong = question.length > limits.text || JSON.stringify(questions).length > limits.text;
  const hasTooMany = questions.length > limits.choices || questions.some(({ options }) => options.length > limits.choices);
  const labels = questions.flatMap(({ options }) => options.map(({ label }) => label));
  if (question.trim() === '' || isTooLong || hasTooMany || labels.some((label) => label.length > limits.choice)) {
    throw new HubError('invalid_input', 'This can not be shown whole here. Answer it in the agent itself.');
  }
}
