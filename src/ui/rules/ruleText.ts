import type { RulePreview, RuleReach } from '../../protocol/operations.ts';
import { assertNever } from '../../util/errors.ts';
import { agoWords } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { describeInput } from '../text/permissionText.ts';
import { visibleLine } from '../text/visibleText.ts';

/** A rule that is not saved yet, with those that come along. */
export interface RuleDraft {
  text: string;
  and?: string[] | undefined;
  /** It may allow what isn't known to keep reading. */
  unchecked?: boolean | undefined;
  /** RFC 3339; absent: it has no end. */
  expiresAt?: string | undefined;
}

/** What a rule allows, in sentences. */
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

/** How long a rule holds. `now` in ms since 1970. */
export function expiryWords(
  expiresAt: string | undefined,
  deps: { now: number; formatTime: (time: string) => string; l10n: L10n },
): string {
  const { now, formatTime, l10n } = deps;
  if (expiresAt === undefined) return l10n.t('until you remove it');
  return Date.parse(expiresAt) > now ? l10n.t('until {0}', formatTime(expiresAt)) : l10n.t('ended {0}', agoWords(expiresAt, now, l10n));
}

/** The rules of a preview, each with what it lets through. A hub that doesn't say that is asked for no more than is sure. */
export function rulesOf({ text, reach = 'unchecked', and = [] }: RulePreview): { text: string; reach: RuleReach }[] {
  return [{ text, reach }, ...and];
}

/** Says that a rule has to be marked as unchecked to allow what its words say. `byHand`: the user wrote it, with no use in view. */
export function isUnchecked(reach: RuleReach, byHand: boolean): boolean {
  return reach === 'unchecked' || (byHand && reach === 'tool');
}

/** What kind of rule it is, in a few words. */
export function reachWords(preview: RulePreview, l10n: L10n): string {
  const reaches = new Set(rulesOf(preview).map(({ reach }) => reach));
  if (reaches.has('unchecked')) return l10n.t('unchecked');
  if (reaches.has('tool')) return l10n.t('every use');
  if (reaches.has('files')) return l10n.t('files of this workspace');
  if (!reaches.has('reading')) return l10n.t('only this');
  return reaches.size === 1 ? l10n.t('what only reads') : l10n.t('each part');
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
