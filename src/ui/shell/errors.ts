import type { HubError } from '../../protocol/hubErrors.ts';
import { describeError, type UserError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { L10n } from '../text/l10n.ts';
import { translate } from '../text/l10n.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { Prompts } from './prompts.ts';

/** A failure as text for the user. */
export interface FailureText {
  /** `info`: the action only came too late. */
  level: 'info' | 'error';
  text: string;
  /** The log has more details. */
  unexpected: boolean;
}

/** Describes what happened and what to do next. */
export function explainFailure(error: unknown, l10n: L10n): FailureText {
  if (isUserError(error)) return { level: 'error', text: visibleLine(translate(error.sentence, l10n)), unexpected: false };
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
      return late(l10n.t('This request is no longer open: it was answered elsewhere or withdrawn. Nothing was sent.'));
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
      return unexpectedFailure(l10n.t('The hub failed at this, and nothing was changed. Its log says why.'));
  }
}

/** Whether the request was closed before the answer arrived. */
export function isLate(error: unknown): boolean {
  return isHubError(error) && (error.code === 'already_answered' || error.code === 'request_not_found');
}

/** Whether the hub does not have the attachment. */
export function isGone(error: unknown): boolean {
  return isHubError(error) && error.code === 'attachment_not_found';
}

function refused(text: string): FailureText {
  return { level: 'error', text, unexpected: false };
}

/** A failure with more details in the log. */
function unexpectedFailure(text: string): FailureText {
  return { level: 'error', text, unexpected: true };
}

function late(text: string): FailureText {
  return { level: 'info', text, unexpected: false };
}

// By name, because each bundle has its own copy of the class.
function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

/** Whether the hub rejected the request. */
// By name, because the class comes with the schemas, which this bundle does not contain.
export function isHubError(error: unknown): error is HubError {
  return error instanceof Error && error.name === 'HubError' && 'code' in error;
}

/** Shows a failure to the user. An unexpected one is also logged, and the toast opens the log. */
export function createReporter(deps: { prompts: Prompts; log: Logger; showLog: () => void; l10n: L10n }): (error: unknown) => void {
  const { prompts, log, showLog, l10n } = deps;

  async function tell(error: unknown): Promise<void> {
    const { level, text, unexpected } = explainFailure(error, l10n);
    if (unexpected) log.error(error instanceof Error ? (error.stack ?? describeError(error)) : describeError(error));
    const pressed = await prompts.toast(level, text, unexpected ? [l10n.t('Show Log')] : []);
    if (pressed !== undefined) showLog();
  }

  return (error) => {
    tell(error).catch((failure: unknown) => log.error(`a failure could not be shown: ${describeError(failure)}`));
  };
}
