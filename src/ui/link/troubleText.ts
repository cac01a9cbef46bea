import type { LinkState } from '../../client/linkState.ts';
import type { L10n } from '../text/l10n.ts';
import { failureSentence } from '../text/linkText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';

/** There is no hub. */
export type Failure = Extract<LinkState, { kind: 'failed' }>;

/** A program that has the port of the hub. */
export interface PortOwner {
  program: string;
  pid: number;
}

/** Why there is no hub, on one short line without a period. `holder`: who has its port, as far as that is known. */
export function troubleLine(failure: Failure, holder: PortOwner | undefined, l10n: L10n): string {
  const { code, port = 0 } = failure;
  if (code === 'port-taken-by-hub') return l10n.t('Port {0} belongs to the hub of another user or folder', port);
  if (code !== 'port-taken') return truncate(failureSentence(failure, l10n), 200).replace(/\.$/, '');
  if (holder === undefined) return l10n.t('Port {0} is taken by another program', port);
  return l10n.t('Port {0} is taken by {1} (pid {2})', port, truncate(visibleLine(holder.program), 30), holder.pid);
}
