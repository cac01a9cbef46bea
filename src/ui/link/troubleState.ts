import { portCodes } from '../../client/linkState.ts';
import type { InboxState } from '../../protocol/toInboxPage.ts';
import { joinParts } from '../text/displayNames.ts';
import { formatAge } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { type Failure, type PortOwner, troubleLine } from './troubleText.ts';

/** A hub that does not run, and what is known of it. */
export interface FailedHub {
  kind: 'failed';
  failure: Failure;
  holder?: PortOwner | undefined;
  /** When the user had it tried again, RFC 3339; `undefined` if they have not. */
  triedAt?: string | undefined;
}

/** Why this window has no hub: there is none, or the connection to it was lost and is not back. */
export type NoHub = FailedHub | { kind: 'lost' };

/** What *Needs You* says of it, and what mends it. `now` in milliseconds since 1970. */
export function troubleState(noHub: NoHub, now: number, l10n: L10n): InboxState {
  if (noHub.kind === 'lost') return { text: l10n.t('Connection to the hub lost. Reconnecting…'), buttons: [] };
  const { failure, holder, triedAt } = noHub;
  const tried = triedAt === undefined ? undefined : l10n.t('tried again {0}', formatAge(triedAt, now, l10n));
  const line = joinParts([troubleLine(failure, holder, l10n), tried]);
  return { text: `${line}.`, buttons: [...(portCodes.has(failure.code) ? ['port' as const] : []), 'restart', 'log'] };
}
