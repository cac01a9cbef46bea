import type { LoggedDecision, Request } from '../../protocol/model.ts';
import { agentName, joinParts } from '../text/displayNames.ts';
import { literalBlock, literalLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { describeInput } from '../text/permissionText.ts';
import { decisionWord, requestWords } from '../text/statusText.ts';
import { visibleLine } from '../text/visibleText.ts';

/** What was said, on one line; how the request ended if nothing was. */
export function outcomeLine(request: Request, l10n: L10n): string {
  const { answer } = request;
  if (answer === undefined) return requestWords(request, l10n);
  const verdict = answer.decision === undefined ? '' : decisionWord(answer.decision, l10n);
  const files = (answer.attachments ?? []).map(({ name }) => l10n.t('File: {0}', name));
  const parts = [verdict, (answer.choices ?? []).join(', '), answer.text ?? '', ...files];
  const said = visibleLine(parts.filter((part) => part !== '').join(' — '));
  return answer.note === undefined || answer.note === '' ? said : `${said} (${visibleLine(answer.note)})`;
}

/** Which agent asked, by the name that it gives itself. */
export function whoAsked(name: string | undefined, l10n: L10n): string {
  return agentName(name === undefined ? undefined : { name }, l10n);
}

/** Who gave the answer: the person, or a rule that they had made. */
export function decidedBy(request: Request, l10n: L10n): string {
  if (request.answer === undefined) return l10n.t('nobody');
  return request.answer.ruleIds === undefined ? l10n.t('you') : l10n.t('a rule of yours');
}

/** An entry as a part of a Markdown document, a change description say. All text of agents and people in it is literal. */
export function decisionMarkdown(
  { request, taskTitle, agentName: name }: LoggedDecision,
  { formatTime, l10n }: { formatTime(time: string): string; l10n: L10n },
): string {
  const { answer, permission } = request;
  const asked = joinParts([whoAsked(name, l10n), taskTitle, formatTime(request.createdAt)]);
  const facts = [
    l10n.t('Asked by: {0}', literalLine(asked)),
    ...(request.choices.length === 0 ? [] : [l10n.t('Choices: {0}', request.choices.map(literalLine).join(', '))]),
    l10n.t('Decided: {0}', literalLine(outcomeLine({ ...request, ...(answer && { answer: { ...answer, note: '' } }) }, l10n))),
    l10n.t('By: {0}', literalLine(joinParts([decidedBy(request, l10n), formatTime(answer?.at ?? request.updatedAt)]))),
  ];
  const body = permission === undefined ? restOf(request.question) : describeInput(permission.input, '\n');
  return [
    `### ${literalLine(permission === undefined ? headOf(request.question) : permission.tool)}`,
    ...(body === '' ? [] : [literalBlock(body)]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(answer?.note === undefined || answer.note === '' ? [] : [`${l10n.t('Note:')} ${literalLine(answer.note)}`]),
  ].join('\n\n');
}

/** The first line of a question is its heading; all of it stands below if there is more. */
function headOf(question: string): string {
  return question.trim().split('\n', 1)[0] ?? '';
}

function restOf(question: string): string {
  return question.trim().includes('\n') ? question.trim() : '';
}
