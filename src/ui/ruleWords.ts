import type { RulePreview } from '../protocol/operations.ts';
import { agoWords } from './ageWords.ts';
import type { L10n } from './l10n.ts';
import { describeInput } from './permissionText.ts';
import { visibleLine } from './visibleText.ts';

/** A rule that is not saved yet. */
export interface RuleDraft {
  text: string;
  /** RFC 3339; absent: it has no end. */
  expiresAt?: string;
}

/** What a rule allows, in sentences. */
export function ruleSentence(text: string, l10n: L10n): string {
  const colon = text.indexOf(':');
  if (colon === -1) return l10n.t('Every use of {0} is allowed, whatever it is to do.', visibleLine(text));
  const tool = visibleLine(text.slice(0, colon));
  const command = text.slice(colon + 1);
  if (!command.includes('*')) return l10n.t('In {0}, exactly this is allowed: {1}', tool, visibleLine(command));
  const fits = l10n.t('In {0}, what fits this is allowed: {1}', tool, visibleLine(command));
  const stars = /(?:^| )\*$/.test(command)
    ? l10n.t('The * at the end stands for anything that follows.')
    : l10n.t('A * stands for any characters of a word.');
  return `${fits}\n${stars}`;
}

/** How long a rule holds. `now` in ms since 1970. */
export function expiryWords(
  expiresAt: string | undefined,
  deps: { now: number; formatTime: (time: string) => string; l10n: L10n },
): string {
  const { now, formatTime, l10n } = deps;
  if (expiresAt === undefined) return l10n.t('until you remove it');
  return Date.parse(expiresAt) > now ? l10n.t('until {0}', formatTime(expiresAt)) : l10n.t('ended {0}', agoWords(expiresAt, now, l10n));
}

/** What a rule would have done so far. */
export function matchWords({ matched }: RulePreview, l10n: L10n): string {
  return matched === 1 ? l10n.t('fits 1 request so far') : l10n.t('fits {0} requests so far', matched);
}

/** A use of a tool that a rule fits, as the hub says it (`tool: input`), the way it is shown elsewhere. */
export function exampleLine(example: string): string {
  const at = example.indexOf(': ') + 2;
  return visibleLine(example.slice(0, at) + describeInput(example.slice(at)));
}
