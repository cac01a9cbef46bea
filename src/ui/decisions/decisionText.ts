import type { LoggedDecision, Request } from '../../protocol/model.ts';
import { agentName, joinParts } from '../text/displayNames.ts';
import { escapeBlock, escapeLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { describeInput } from '../text/permissionText.ts';
import { decisionText, requestStatusText } from '../text/statusText.ts';
import { visibleLine } from '../text/visibleText.ts';

/** The answer on one line, or how the request ended without one. */
export function outcomeLine(request: Request, l10n: L10n): string {
  const { answer } = request;
  if (answer === undefined) return requestStatusText(request, l10n);
  const verdict = answer.decision === undefined ? '' : decisionText(answer.decision, l10n);
  const files = (answer.attachments ?? []).map(({ name }) => l10n.t('File: {0}', name));
  const parts = [verdict, (answer.choices ?? []).join(', '), answer.text ?? '', ...files];
  const said = visibleLine(parts.filter((part) => part !== '').join(' — '));
  return answer.note === undefined || answer.note === '' ? said : `${said} (${visibleLine(answer.note)})`;
}

/** The agent that asked, by the name that it gave itself. */
export function whoAsked(name: string | undefined, l10n: L10n): string {
  return agentName(name === undefined ? undefined : { name }, l10n);
}

/** Who answered: the user, or one of their rules. */
export function decidedBy(request: Request, l10n: L10n): string {
  if (request.answer === undefined) return l10n.t('nobody');
  return request.answer.ruleIds === undefined ? l10n.t('you') : l10n.t('a rule of yours');
}

/** A decision as Markdown, for a change description for example. All text of agents and users in it is literal. */
export function decisionMarkdown(
  { request, taskTitle, agentName: name }: LoggedDecision,
  { formatTime, l10n }: { formatTime(time: string): string; l10n: L10n },
): string {
  const { answer, permission } = request;
  const asked = joinParts([whoAsked(name, l10n), taskTitle, formatTime(request.createdAt)]);
  const facts = [
    l10n.t('Asked by: {0}', escapeLine(asked)),
    ...(request.choices.length === 0 ? [] : [l10n.t('Choices: {0}', request.choices.map(escapeLine).join(', '))]),
    l10n.t('Decided: {0}', escapeLine(outcomeLine({ ...request, ...(answer && { answer: { ...answer, note: '' } }) }, l10n))),
    l10n.t('By: {0}', escapeLine(joinParts([decidedBy(request, l10n), formatTime(answer?.at ?? request.updatedAt)]))),
  ];
  const body = permission === undefined ? restOf(request.question) : describeInput(permission.input, '\n');
  return [
    `### ${escapeLine(permission === undefined ? headOf(request.question) : permission.tool)}`,
    ...(body === '' ? [] : [escapeBlock(body)]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(answer?.note === undefined || answer.note === '' ? [] : [`${l10n.t('Note:')} ${escapeLine(answer.note)}`]),
  ].join('\n\n');
}

/** The first line of a question, which is its heading. If there is more, `restOf` has the whole text. */
function headOf(question: string): string {
  return question.trim().split('\n', 1)[0] ?? '';
}

function restOf(question: string): string {
  return question.trim().includes('\n') ? question.trim() : '';
}
