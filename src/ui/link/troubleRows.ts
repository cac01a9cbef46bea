import { portCodes } from '../../client/linkState.ts';
import type { InboxState } from '../../protocol/toInboxPage.ts';
import { commandIds } from '../ids.ts';
import { joinParts } from '../text/displayNames.ts';
import { formatAge } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { failureSentence } from '../text/linkText.ts';
import type { Row } from '../tree/row.ts';
import { type Failure, type PortOwner, troubleLine } from './troubleText.ts';

/** What is known of a hub that does not run. */
export interface TroubleState {
  failure: Failure;
  holder?: PortOwner | undefined;
  /** When the user had it tried again, RFC 3339; `undefined` if they have not. */
  triedAt?: string | undefined;
}

/** The rows of *Needs You* while there is no hub: why, and what mends it. `now` in milliseconds since 1970. */
export function troubleRows({ failure, holder, triedAt }: TroubleState, now: number, l10n: L10n): Row[] {
  const label = troubleLine(failure, holder, l10n);
  const tried = triedText(triedAt, now, l10n);
  const why: Row = {
    id: 'trouble',
    label,
    ...(tried !== undefined && { description: tried }),
    tooltip: [l10n.t('The hub is not running, so no agent can reach you.'), failureSentence(failure, l10n)].join('\n\n'),
    icon: 'error',
    color: 'errorForeground',
    contextValue: 'trouble',
    accessibilityLabel: [l10n.t('The hub is not running, so no agent can reach you.'), `${label}.`, tried].filter(Boolean).join(' '),
  };
  return [
    why,
    ...(portCodes.has(failure.code) ? [action('port', l10n.t('Use Another Port'), 'plug', commandIds.useAnotherPort)] : []),
    action('retry', l10n.t('Try Again'), 'refresh', commandIds.restartHub),
    action('log', l10n.t('Show Log'), 'output', commandIds.showLog),
  ];
}

/** The same as one state of the inbox. */
export function troubleState({ failure, holder, triedAt }: TroubleState, now: number, l10n: L10n): InboxState {
  const line = joinParts([troubleLine(failure, holder, l10n), triedText(triedAt, now, l10n)]);
  return { text: `${line}.`, buttons: [...(portCodes.has(failure.code) ? ['port' as const] : []), 'restart', 'log'] };
}

function triedText(triedAt: string | undefined, now: number, l10n: L10n): string | undefined {
  return triedAt === undefined ? undefined : l10n.t('tried again {0}', formatAge(triedAt, now, l10n));
}

function action(name: string, label: string, icon: string, click: NonNullable<Row['click']>): Row {
  return { id: `trouble:${name}`, label, icon, contextValue: 'trouble:action', accessibilityLabel: label, click };
}
