import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import type { NotificationSummary } from './core/summary.ts';

const worthTellingMs = 60_000;

/** The text of a digest; `undefined` if it is empty. `now` in milliseconds since 1970. `away`: the user has just returned. */
export function digestText({ counts, blockedSince }: NotificationSummary, away: boolean, now: number, l10n: L10n): string | undefined {
  const parts: string[] = [];
  const add = (count: number, one: string, many: string): void => {
    if (count > 0) parts.push(count === 1 ? one : many);
  };
  add(counts.question, l10n.t('1 question'), l10n.t('{0} questions', counts.question));
  add(counts.permission, l10n.t('1 permission'), l10n.t('{0} permissions', counts.permission));
  add(counts.review, l10n.t('1 review'), l10n.t('{0} reviews', counts.review));
  add(counts.task, l10n.t('1 task for you'), l10n.t('{0} tasks for you', counts.task));
  add(counts.finished, l10n.t('1 finished'), l10n.t('{0} finished', counts.finished));
  if (counts.blocked > 0) parts.push(blockedText(counts.blocked, blockedSince, now, l10n));
  add(counts.message, l10n.t('1 task with messages'), l10n.t('{0} tasks with messages', counts.message));
  if (parts.length === 0) return undefined;
  const all = parts.join(', ');
  return away ? l10n.t('While you were away: {0}.', all) : l10n.t('From your agents: {0}.', all);
}

function blockedText(count: number, since: number | undefined, now: number, l10n: L10n): string {
  // A short duration is left out.
  if (since === undefined || now - since < worthTellingMs) return l10n.t('{0} blocked', count);
  const age = formatDuration(now - since, l10n);
  return count === 1 ? l10n.t('1 blocked for {0}', age) : l10n.t('{0} blocked, the longest for {1}', count, age);
}
