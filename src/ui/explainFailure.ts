import type { HubError } from '../protocol/hubErrors.ts';
import { unprovenHub } from '../protocol/unprovenHub.ts';
import { describeError, type UserError } from '../util/errors.ts';
import type { L10n } from './l10n.ts';
import { visibleLine } from './visibleText.ts';

/** A failure in words for the person. */
export interface FailureWords {
  /** `info`: nothing is wrong, it only came too late. */
  level: 'info' | 'error';
  text: string;
  /** The log may know more. */
  unexpected: boolean;
}

/** Says what happened and what to do next. */
export function explainFailure(error: unknown, l10n: L10n): FailureWords {
  if (isUserError(error)) return { level: 'error', text: userErrorWords(error, l10n), unexpected: false };
  if (!isHubError(error)) {
    return {
      level: 'error',
      text: l10n.t('That did not work: {0}. The log has the details.', visibleLine(describeError(error))),
      unexpected: true,
    };
  }
  switch (error.code) {
    case 'already_answered':
      return late(l10n.t('This request was already answered elsewhere. Nothing was sent.'));
    case 'request_not_found':
      return late(l10n.t('This request is no longer open: it was answered elsewhere or taken back. Nothing was sent.'));
    case 'answer_on_its_way':
      return late(l10n.t('This answer is on its way to the agent, or there already. Reply to the task to say more.'));
    case 'task_not_found':
      return late(l10n.t('This task no longer exists. Nothing was changed.'));
    case 'rule_not_found':
      return late(l10n.t('This rule is gone already. Nothing was changed.'));
    case 'attachment_not_found':
      return { level: 'error', text: l10n.t('The hub doesn’t have a file of it any more. Nothing was sent.'), unexpected: false };
    case 'payload_too_large':
      return { level: 'error', text: l10n.t('That text is too long for the hub. Make it shorter and try again.'), unexpected: false };
    default:
      return { level: 'error', text: l10n.t('The hub said no: {0}', visibleLine(error.message)), unexpected: true };
  }
}

/** Says that the request was answered or taken back before the person's word came. */
export function isLate(error: unknown): boolean {
  return isHubError(error) && (error.code === 'already_answered' || error.code === 'request_not_found');
}

/** Says that the hub doesn't have the file that was meant. */
export function isGone(error: unknown): boolean {
  return isHubError(error) && error.code === 'attachment_not_found';
}

function userErrorWords({ code, message }: UserError, l10n: L10n): string {
  if (code !== unprovenHub) return visibleLine(message);
  return l10n.t(
    'What answers where your hub was is another program, so it was sent nothing. Run “AgentRQ: Restart Hub”, or look at its log.',
  );
}

function late(text: string): FailureWords {
  return { level: 'info', text, unexpected: false };
}

// By their names, because the bundles that are loaded later have classes of their own.
function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

/** Says that the hub said no. */
// By its name, because the class comes with the schemas, which the editor's bundle does without.
export function isHubError(error: unknown): error is HubError {
  return error instanceof Error && error.name === 'HubError' && 'code' in error;
}
