import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { L10n } from '../text/l10n.ts';
import { explainFailure } from './explainFailure.ts';
import type { Prompts } from './prompts.ts';

/** Tells the person of a failure; what nobody expected goes into the log too, and the toast leads there. */
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
