import type { LoggedDecision } from '../../protocol/model.ts';
import type { DecisionsDeps } from './api.ts';
import { readLines } from './readLines.ts';

const batchSize = 100;

/** Imports decisions that were exported, here or on another machine. Known decisions stay unchanged. */
export async function importDecisions(deps: DecisionsDeps): Promise<void> {
  const { api, prompts, l10n } = deps;
  const text = await deps.readFile();
  if (text === undefined) return;
  const read = readLines(text);
  if ('badLine' in read) {
    await prompts.toast(
      'warning',
      l10n.t('Line {0} is not a decision: the file has to be one that was exported here, unchanged.', read.badLine),
    );
    return;
  }
  if (read.values.length === 0) {
    await prompts.toast('info', l10n.t('That file has no decisions.'));
    return;
  }
  let taken = 0;
  let done = 0;
  await deps.progress(l10n.t('Import Decisions'), async (say, signal) => {
    for (; done < read.values.length && !signal.aborted; done += batchSize) {
      // The hub validates each of them.
      const decisions = read.values.slice(done, done + batchSize) as LoggedDecision[];
      taken += (await api.call('importDecisions', { decisions })).imported;
      say(l10n.t('{0} of {1}', Math.min(done + batchSize, read.values.length), read.values.length));
    }
  });
  prompts.showStatus(l10n.t('Decisions imported: {0}. Already known: {1}.', taken, Math.min(done, read.values.length) - taken));
}
