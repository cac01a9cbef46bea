import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import type { NotificationSummary } from './core/summary.ts';

const worthTellingMs = 60_000;

/**
 * The text of a digest: how much of what, of whom, and who stands still; `undefined` if it is empty. `now` in milliseconds since 1970.
 * `away`: the user has just returned.
 */
export function digestText(
  { counts, agentIds, standing, blockedSince }: NotificationSummary,
  { away, now, nameOf }: { away: boolean; now: number; nameOf: (agentId: string) => string },
  l10n: L10n,
): string | undefined {
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
  // Two agents may have one name.
  const names = (ids: readonly string[]): string[] => [...new Set(ids.map(nameOf))];
  const who = listNames(names(agentIds), l10n);
  const told = away
    ? l10n.t('While you were away: {0}.', all)
    : who === ''
      ? l10n.t('From your agents: {0}.', all)
      : l10n.t('From {0}: {1}.', who, all);
  if (standing.length === 0) return told;
  const stand = names(standing);
  const still = listNames(stand, l10n);
  return `${told} ${stand.length === 1 ? l10n.t('{0} is blocked on you.', still) : l10n.t('{0} are blocked on you.', still)}`;
}

/** `Claude Code, Codex and 2 others`; empty if there is none. */
function listNames(names: readonly string[], l10n: L10n): string {
  const [first = '', second = '', third = ''] = names;
  if (names.length < 2) return first;
  if (names.length === 2) return l10n.t('{0} and {1}', first, second);
  if (names.length === 3) return l10n.t('{0}, {1} and {2}', first, second, third);
  return l10n.t('{0}, {1} and {2} others', first, second, names.length - 2);
}

function blockedText(count: number, since: number | undefined, now: number, l10n: L10n): string {
  // A short duration is left out.
  if (since === undefined || now - since < worthTellingMs) return l10n.t('{0} blocked', count);
  const age = formatDuration(now - since, l10n);
  return count === 1 ? l10n.t('1 blocked for {0}', age) : l10n.t('{0} blocked, the longest for {1}', count, age);
}
