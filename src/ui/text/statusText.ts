import type { Answer, DeliveryState, Message, Request, Task, TaskStatus } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { L10n } from './l10n.ts';

/** The statuses in the order of display. */
export const statusOrder: readonly TaskStatus[] = ['ongoing', 'blocked', 'notstarted', 'cron', 'completed', 'rejected'];

export function statusText(status: TaskStatus, l10n: L10n): string {
  switch (status) {
    case 'ongoing':
      return l10n.t('Ongoing');
    case 'blocked':
      return l10n.t('Blocked');
    case 'notstarted':
      return l10n.t('Not Started');
    case 'completed':
      return l10n.t('Completed');
    case 'rejected':
      return l10n.t('Rejected');
    case 'cron':
      return l10n.t('Scheduled');
    default:
      return assertNever(status);
  }
}

/** The status of a task, with the state of its stop. */
export function taskStatusText({ status, stop }: Pick<Task, 'status' | 'stop'>, l10n: L10n): string {
  const word = statusText(status, l10n);
  return stop === undefined ? word : `${word} · ${stopText(stop, l10n)}`;
}

/** The state of a stop. `stopped` is only shown once it is known. */
export function stopText({ state }: NonNullable<Task['stop']>, l10n: L10n): string {
  return state === 'stopped' ? l10n.t('stopped') : l10n.t('asked to stop');
}

/** A status note of the hub in a thread, translated; agents read its text. */
export function statusNote({ text, move }: Pick<Message, 'text' | 'move'>, l10n: L10n): string {
  if (move !== undefined) return moveNote(move, l10n);
  const moved = /^Status updated to: (\w+)$/.exec(text)?.[1];
  const status = statusOrder.find((each) => each === moved);
  return status === undefined ? text : l10n.t('moved the task to {0}', statusText(status, l10n));
}

function moveNote(move: NonNullable<Message['move']>, l10n: L10n): string {
  switch (move.kind) {
    case 'status':
      return l10n.t('moved the task to {0}', statusText(move.to, l10n));
    case 'archive':
      return move.archived ? l10n.t('archived the task') : l10n.t('unarchived the task');
    case 'assign':
      return move.to === 'human' ? l10n.t('took the task over') : l10n.t('gave the task to an agent');
    case 'edit':
      return l10n.t('edited the task');
    case 'stop':
      return move.words === undefined ? l10n.t('stopped the agent') : l10n.t('stopped the agent: {0}', move.words);
    default:
      return assertNever(move);
  }
}

/** The delivery state of a message of the user. */
export function deliveryText(delivery: DeliveryState, l10n: L10n): string {
  switch (delivery) {
    case 'queued':
      return l10n.t('not read yet');
    case 'offered':
      return l10n.t('sent');
    case 'delivered':
      return l10n.t('delivered');
    default:
      return assertNever(delivery);
  }
}

/** The state of a request. */
export function requestStatusText({ kind, status, answer, handedOver }: Request, l10n: L10n): string {
  const verdict = verdictText(answer, l10n);
  switch (status) {
    case 'open':
      if (kind === 'task') return l10n.t('waits for you to do it');
      return kind === 'question' ? l10n.t('needs your answer') : l10n.t('needs your decision');
    case 'answered':
      return handedOver === true ? l10n.t('{0} · sent', verdict) : l10n.t('{0} · not read yet', verdict);
    case 'delivered':
      return l10n.t('{0} · delivered', verdict);
    case 'acted':
      return l10n.t('{0} · acted on', verdict);
    case 'expired':
      return l10n.t('expired: the agent stopped waiting');
    case 'superseded':
      return kind === 'permission' ? l10n.t('decided in the dialog of the agent') : l10n.t('settled elsewhere');
    case 'withdrawn':
      return l10n.t('withdrawn');
    default:
      return assertNever(status);
  }
}

/** The decision of the user or a rule. */
function verdictText(answer: Answer | undefined, l10n: L10n): string {
  if (answer?.ruleIds !== undefined) return l10n.t('allowed by a rule of yours');
  return answer?.decision === undefined ? l10n.t('answered') : decisionText(answer.decision, l10n);
}

/** The decision and its time, as a sentence. */
export function decisionSentence(decision: Answer['decision'], time: string, l10n: L10n): string {
  switch (decision) {
    case 'allow':
      return l10n.t('You allowed it, {0}.', time);
    case 'deny':
      return l10n.t('You denied it, {0}.', time);
    case 'approve':
      return l10n.t('You approved it, {0}.', time);
    case 'sendBack':
      return l10n.t('You sent it back, {0}.', time);
    case 'done':
      return l10n.t('You did it, {0}.', time);
    case 'reject':
      return l10n.t('You rejected it, {0}.', time);
    case undefined:
      return l10n.t('Your answer, {0}:', time);
    default:
      return assertNever(decision);
  }
}

/** The decision in one or two words. */
export function decisionText(decision: NonNullable<Answer['decision']>, l10n: L10n): string {
  switch (decision) {
    case 'allow':
      return l10n.t('allowed');
    case 'deny':
      return l10n.t('denied');
    case 'approve':
      return l10n.t('approved');
    case 'sendBack':
      return l10n.t('sent back');
    case 'done':
      return l10n.t('done');
    case 'reject':
      return l10n.t('rejected');
    default:
      return assertNever(decision);
  }
}

/** Whether the task can be stopped: an agent works on it, and was neither stopped nor asked to stop yet. */
export function isStoppable({ status, agentId, stop }: Task): boolean {
  return status === 'ongoing' && agentId !== undefined && stop === undefined;
}
