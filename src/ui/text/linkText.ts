import { type LinkState, portCodes } from '../../client/linkState.ts';
import { assertNever } from '../../util/errors.ts';
import type { L10n } from './l10n.ts';
import { translate } from './l10n.ts';
import { visibleLine } from './visibleText.ts';

/** Why there is no hub, and what to do next. */
export function failureSentence({ reason, code, port = 0 }: Extract<LinkState, { kind: 'failed' }>, l10n: L10n): string {
  if (code === undefined || !portCodes.has(code)) return visibleLine(translate(reason, l10n));
  switch (code) {
    case 'port-taken-by-hub':
      return l10n.t(
        'Port {0} belongs to the AgentRQ hub of another user or folder. Choose another port, or none, in the setting agentrq.hub.port.',
        port,
      );
    case 'port-taken':
      return l10n.t(
        'Port {0} is taken by another program, not your hub. Stop that program, or choose another port, or none, in the setting agentrq.hub.port.',
        port,
      );
    case 'ports-taken':
      return l10n.t(
        'All the ports that the hub usually takes are taken by other programs. Choose another port in the setting agentrq.hub.port.',
      );
    default:
      return l10n.t('The hub can’t listen on port {0}. Choose another port, or none, in the setting agentrq.hub.port.', port);
  }
}

/** The link state as a sentence for the user. */
export function linkSentence(link: LinkState, l10n: L10n): string {
  switch (link.kind) {
    case 'starting':
      return l10n.t('The hub is starting.');
    case 'connecting':
      return l10n.t('Connecting to the hub.');
    case 'live':
      return l10n.t('Connected to the hub.');
    case 'waiting':
      return l10n.t('Connection to the hub lost. Reconnecting…');
    case 'failed':
      return l10n.t('The hub is not running: {0}', failureSentence(link, l10n));
    default:
      return assertNever(link);
  }
}
