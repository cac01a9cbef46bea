import type { Board } from '../../client/board.ts';
import type { Answer, Request } from '../../protocol/model.ts';
import { type CommandId, commandIds } from '../ids.ts';
import { agentName, authorName, joinParts } from '../text/displayNames.ts';
import { inertLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { plainText } from '../text/plainMarkdown.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';

// Text of agents is shown as plain text, because the editor does not render a comment body that is a string as Markdown. Its marks are
// left out, for they would only be noise.

/** The label of a thread: who asks, and whether the code was found. */
export function threadLabel(board: Board, request: Request, found: boolean, l10n: L10n): string {
  const agent = agentName(request.agentId === undefined ? undefined : board.agents.get(request.agentId), l10n);
  const asks = request.kind === 'review' ? l10n.t('{0} asks for a review', agent) : l10n.t('{0} asks', agent);
  return joinParts([asks, found ? undefined : l10n.t('the code has moved or changed')]);
}

/** The author of the first comment. */
export function asker(board: Board, { agentId }: Request, l10n: L10n): string {
  return authorName(agentId === undefined ? undefined : board.agents.get(agentId), l10n);
}

/** The question with its choices, as text. */
export function questionText({ question, choices, multiple }: Request, l10n: L10n): string {
  if (choices.length === 0 || !multiple) return plainText(question);
  const hint = l10n.t('Choose with the button above, or type your own answer:');
  return [plainText(question), hint, choices.map((choice) => `• ${visibleLine(choice)}`).join('\n')].join('\n\n');
}

/** Markdown of our own, in which each choice is a link to the command that sends it. Nothing of the agent's is anything but text in it. */
export function choiceLinks({ id, choices }: Pick<Request, 'id' | 'choices'>): string {
  return choices
    .map((choice, index) => {
      const argument = encodeURIComponent(JSON.stringify([id, index]));
      return `- [${inertLine(choice)}](command:${commandIds.chooseInCode}?${argument})`;
    })
    .join('\n');
}

/** The same for what the user can say to a review without a note. */
export function verdictLinks({ id }: Pick<Request, 'id'>, l10n: L10n): string {
  const link = (label: string, command: CommandId): string =>
    `[${inertLine(label)}](command:${command}?${encodeURIComponent(JSON.stringify([id]))})`;
  const links = [link(l10n.t('Approve'), commandIds.approveInCode), link(l10n.t('Send Back'), commandIds.sendBackInCode)].join(' · ');
  return `${links}\n\n${inertLine(l10n.t('To add a note, write it below.'))}`;
}

/** The answer as text. */
export function answerText({ decision, choices = [], text, note }: Answer, l10n: L10n): string {
  const verdict = decision === 'approve' ? l10n.t('Approved') : decision === 'sendBack' ? l10n.t('Sent back') : undefined;
  return [verdict, choices.map(visibleLine).join(', '), text, note]
    .flatMap((part) => (part === undefined || part === '' ? [] : [visibleText(part)]))
    .join('\n\n');
}
