import { type LinkState, portCodes } from '../../client/linkState.ts';
import type { L10n } from './l10n.ts';
import { sentenceWords } from './translate.ts';
import { visibleLine } from './visibleText.ts';

/** Why there is no hub, and what to do next. */
export function failureSentence({ reason, code, port = 0 }: Extract<LinkState, { kind: 'failed' }>, l10n: L10n): string {
  if (code === undefined || !portCodes.has(code)) return visibleLine(sentenceWords(reason, l10n));
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
