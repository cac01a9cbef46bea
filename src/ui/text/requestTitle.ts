import type { WaitingAgent } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';
import { agentName } from './displayNames.ts';
import type { L10n } from './l10n.ts';
import { gistOf } from './permissionText.ts';
import { shorten } from './truncate.ts';
import { firstVisibleLine, visibleLine } from './visibleText.ts';

/** What a request is about, on one line: the question, or the tool and what it is to do. Never empty. It may be long. */
export function requestLine({ question, permission }: Request, l10n: L10n): string {
  if (permission === undefined) return firstVisibleLine(question) || l10n.t('a question without words');
  const tool = toolName(permission.tool, l10n);
  const input = gistOf(permission.input).trim();
  const first = firstVisibleLine(input);
  const line = first === '' ? tool : `${tool}: ${first}`;
  return withTimes(/[\r\n]/.test(input) ? `${line} …` : line, permission.uses, l10n);
}

/**
 * Who asks for what: `Claude Code asks`, `Claude Code has a plan`, `Claude Code asks for a review`, `Claude Code has a task for you`, `Claude
 * Code wants to use Bash`.
 */
export function requestHeading({ permission, dialog, kind }: Request, agent: string, l10n: L10n): string {
  if (kind === 'task') return l10n.t('{0} has a task for you', agent);
  if (dialog?.kind === 'plan') return l10n.t('{0} has a plan', agent);
  if (permission === undefined) return kind === 'review' ? l10n.t('{0} asks for a review', agent) : l10n.t('{0} asks', agent);
  return withTimes(l10n.t('{0} wants to use {1}', agent, toolName(permission.tool, l10n)), permission.uses, l10n);
}

/** The same, and for how many that are the same it stands. */
export function withTimes(text: string, times = 1, l10n: L10n): string {
  return times > 1 ? l10n.t('{0} ({1} times)', text, times) : text;
}

/** The same with what it is about, which is cut to `length` characters. */
export function requestSentence(request: Request, agent: string, length: number, l10n: L10n): string {
  const line = shorten(requestLine(request, l10n), length);
  if (request.permission !== undefined) return l10n.t('{0} wants to use {1}', agent, line);
  if (request.kind === 'task') return l10n.t('{0} has a task for you: {1}', agent, line);
  if (request.dialog?.kind === 'plan') return l10n.t('{0} has a plan: {1}', agent, line);
  return request.kind === 'review' ? l10n.t('{0} asks for a review: {1}', agent, line) : l10n.t('{0} asks: {1}', agent, line);
}

/** Which agent waits in its own window, and for what. */
export function elsewhereSentence(agent: WaitingAgent, length: number, l10n: L10n): string {
  return l10n.t('{0} waits in its own window: {1}', agentName(agent, l10n), shorten(visibleLine(agent.waitsElsewhere.text), length));
}

function toolName(tool: string, l10n: L10n): string {
  return shorten(visibleLine(tool), 60) || l10n.t('a tool without a name');
}
