import type { RulePreview, RuleReach } from '../../protocol/operations.ts';
import { assertNever } from '../../util/errors.ts';
import { formatAge } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { describeInput } from '../text/permissionText.ts';
import { visibleLine } from '../text/visibleText.ts';

/** A rule that is not saved yet, with the rules that belong to it. */
export interface RuleDraft {
  text: string;
  and?: string[] | undefined;
  /** It may allow uses that are not known to be read-only. */
  unchecked?: boolean | undefined;
  /** RFC 3339; absent: no end. */
  expiresAt?: string | undefined;
}

/** What a rule allows, as text. */
export function ruleSentence({ text, reach, unchecked }: { text: string; reach: RuleReach; unchecked: boolean }, l10n: L10n): string {
  const colon = text.indexOf(':');
  const tool = visibleLine(colon === -1 ? text : text.slice(0, colon));
  const rest = colon === -1 ? '' : visibleLine(text.slice(colon + 1));
  if (unchecked && reach !== 'exact' && reach !== 'files') return uncheckedSentence(tool, rest, l10n);
  switch (reach) {
    case 'exact':
      return l10n.t('In {0}, exactly this is allowed: {1}', tool, rest);
    case 'reading':
      return l10n.t(
        'In {0}, {1} is allowed with all arguments with which it only reads in this workspace. Anything else is asked.',
        tool,
        rest.replace(/ \*$/, ''),
      );
    case 'files':
      return l10n.t(
        'With {0}, files of this workspace that fit {1} are allowed. Files that configure programs or agents are asked.',
        tool,
        rest || '**',
      );
    case 'tool':
      return l10n.t('Every use of {0} is allowed, whatever it is to do.', tool);
    case 'unchecked':
      return l10n.t(
        'In {0}, of what fits {1}, commands are allowed that are known to only read in this workspace. Anything else is asked.',
        tool,
        rest || '*',
      );
    default:
      return assertNever(reach);
  }
}

function uncheckedSentence(tool: string, command: string, l10n: L10n): string {
  const fits =
    command === ''
      ? l10n.t('Every use of {0} is allowed, whatever it is to do.', tool)
      : l10n.t('In {0}, what fits this is allowed: {1}', tool, command);
  const stars = /(?:^| )\*$/.test(command)
    ? l10n.t('The * at the end stands for anything that follows.')
    : l10n.t('A * stands for any characters of a word.');
  const warning = l10n.t('Unchecked: it may change and delete files, start other programs and reach the network.');
  return [fits, ...(command === '' ? [] : [stars]), warning].join('\n');
}

/** How long a rule is valid. `now` in milliseconds since 1970. */
export function expiryText(expiresAt: string | undefined, deps: { now: number; formatTime: (time: string) => string; l10n: L10n }): string {
  const { now, formatTime, l10n } = deps;
  if (expiresAt === undefined) return l10n.t('until you remove it');
  return Date.parse(expiresAt) > now ? l10n.t('until {0}', formatTime(expiresAt)) : l10n.t('ended {0}', formatAge(expiresAt, now, l10n));
}

/** The rules of a preview with their reach. An older hub does not send the reach, so the widest one is assumed. */
export function rulesOf({ text, reach = 'unchecked', and = [] }: RulePreview): { text: string; reach: RuleReach }[] {
  return [{ text, reach }, ...and];
}

/** Whether a rule has to be marked as unchecked to allow what its text says. `byHand`: the user wrote it without a request. */
export function isUnchecked(reach: RuleReach, byHand: boolean): boolean {
  return reach === 'unchecked' || (byHand && reach === 'tool');
}

/** The reach of a rule in a few words. */
export function reachText(preview: RulePreview, l10n: L10n): string {
  const reaches = new Set(rulesOf(preview).map(({ reach }) => reach));
  if (reaches.has('unchecked')) return l10n.t('unchecked');
  if (reaches.has('tool')) return l10n.t('every use');
  if (reaches.has('files')) return l10n.t('files of this workspace');
  if (!reaches.has('reading')) return l10n.t('only this');
  return reaches.size === 1 ? l10n.t('what only reads') : l10n.t('each part');
}

/** How many past requests a rule would have matched. */
export function matchText({ matched }: RulePreview, l10n: L10n): string {
  return matched === 1 ? l10n.t('matches 1 request so far') : l10n.t('matches {0} requests so far', matched);
}

/** An example that a rule matches, formatted for display; the hub sends `tool: input`. */
export function exampleLine(example: string): string {
  const at = example.indexOf(': ') + 2;
  return visibleLine(example.slice(0, at) + describeInput(example.slice(at)));
}
