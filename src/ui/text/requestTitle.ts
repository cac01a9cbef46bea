import type { WaitingAgent } from '../../client/needs.ts';
import type { Request, RequestKind } from '../../protocol/model.ts';
import { agentName } from './displayNames.ts';
import type { L10n } from './l10n.ts';
import { permissionHeading, permissionSentence, permissionTitle } from './permissionTitle.ts';
import { firstPlainLine, plainLine } from './plainMarkdown.ts';
import { truncate } from './truncate.ts';

/** The codicon for each kind of request. */
export const requestIcons: { readonly [K in RequestKind]: string } = {
  question: 'question',
  permission: 'shield',
  review: 'eye',
  task: 'checklist',
};

/** The title of a request on one line: the question, or what the permission is for. Never empty; may be long. */
export function requestTitle({ question, permission }: Request, l10n: L10n): string {
  if (permission === undefined) return firstPlainLine(question) || l10n.t('a question without words');
  return withTimes(permissionTitle(permission, l10n), permission.uses, l10n);
}

/**
 * The heading of a request: `Claude Code asks`, `… has a plan`, `… asks for a review`, `… has a task for you`, `… wants to run a command`.
 */
export function requestHeading({ permission, dialog, kind }: Request, agent: string, l10n: L10n): string {
  if (kind === 'task') return l10n.t('{0} has a task for you', agent);
  if (dialog?.kind === 'plan') return l10n.t('{0} has a plan', agent);
  if (permission === undefined) return kind === 'review' ? l10n.t('{0} asks for a review', agent) : l10n.t('{0} asks', agent);
  return withTimes(permissionHeading(permission, agent, l10n), permission.uses, l10n);
}

/** Appends “(n times)” if a request stands for n identical uses. */
export function withTimes(text: string, times = 1, l10n: L10n): string {
  return times > 1 ? l10n.t('{0} ({1} times)', text, times) : text;
}

/** Heading and title of a request in one sentence; the title is cut to `length` characters. */
export function requestSentence(request: Request, agent: string, length: number, l10n: L10n): string {
  const { permission } = request;
  if (permission !== undefined) return withTimes(permissionSentence(permission, agent, length, l10n), permission.uses, l10n);
  const line = truncate(requestTitle(request, l10n), length);
  if (request.kind === 'task') return l10n.t('{0} has a task for you: {1}', agent, line);
  if (request.dialog?.kind === 'plan') return l10n.t('{0} has a plan: {1}', agent, line);
  return request.kind === 'review' ? l10n.t('{0} asks for a review: {1}', agent, line) : l10n.t('{0} asks: {1}', agent, line);
}

/** A sentence about an agent that waits in its own window. */
export function elsewhereSentence(agent: WaitingAgent, length: number, l10n: L10n): string {
  return l10n.t('{0} is waiting in its own window: {1}', agentName(agent, l10n), truncate(plainLine(agent.waitsElsewhere.text), length));
}
