import type { HubError } from '../../protocol/hubErrors.ts';
import { describeError, type UserError } from '../../util/errors.ts';
import type { L10n } from '../text/l10n.ts';
import { sentenceWords } from '../text/translate.ts';
import { visibleLine } from '../text/visibleText.ts';

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
  if (isUserError(error)) return { level: 'error', text: visibleLine(sentenceWords(error.sentence, l10n)), unexpected: false };
  if (!isHubError(error)) {
    return {
      level: 'error',
      text: l10n.t('That did not work: {0}. The log has the details.', visibleLine(describeError(error))),
      unexpected: true,
    };
  }
  const detail = visibleLine(error.message);
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
      return refused(l10n.t('The hub doesn’t have a file of it any more. Nothing was sent.'));
    case 'payload_too_large':
      return refused(l10n.t('That text is too long for the hub. Make it shorter and try again.'));
    case 'storage_failed':
      return refused(l10n.t('The hub couldn’t write to its disk, so nothing was changed. Make room, look at its log, and try again.'));
    case 'too_many_requests':
    case 'not_supported':
    case 'nothing_to_stop':
    case 'invalid_input':
      return refused(l10n.t('The hub can’t take this: {0}', detail));
    default:
      return unexpected(l10n.t('The hub failed at this, and nothing was changed. Its log says why.'));
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

function refused(text: string): FailureWords {
  return { level: 'error', text, unexpected: false };
}

/** The log has more of it. */
function unexpected(text: string): FailureWords {
  return { level: 'error', text, unexpected: true };
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
