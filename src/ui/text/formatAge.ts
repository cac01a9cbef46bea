import type { L10n } from './l10n.ts';

/** A duration in milliseconds as coarse text that seldom changes: `a moment`, `20 s`, `3 min`, `2 h`, `5 d`. */
export function formatDuration(ms: number, l10n: L10n): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 10) return l10n.t('a moment');
  if (seconds < 60) return l10n.t('{0} s', Math.floor(seconds / 10) * 10);
  if (seconds < 3_600) return l10n.t('{0} min', Math.floor(seconds / 60));
  if (seconds < 86_400) return l10n.t('{0} h', Math.floor(seconds / 3_600));
  return l10n.t('{0} d', Math.floor(seconds / 86_400));
}

/** The age of `then` (RFC 3339) at `now` (milliseconds since 1970). */
export function formatAge(then: string, now: number, l10n: L10n): string {
  const ms = now - Date.parse(then);
  return ms < 10_000 ? l10n.t('just now') : l10n.t('{0} ago', formatDuration(ms, l10n));
}
