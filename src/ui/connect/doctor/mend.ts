import { assertNever } from '../../../util/errors.ts';
import type { L10n } from '../../text/l10n.ts';

/** What the user can do about the result of a step. */
export type Mend =
  | { kind: 'restartHub' }
  | { kind: 'showLog' }
  | { kind: 'writeAgain' }
  | { kind: 'openFile'; file: string }
  | { kind: 'getNode' }
  | { kind: 'start'; program: string }
  | { kind: 'copyPrompt' }
  | { kind: 'answer'; requestId: string };

/** Where Node is got from. */
export const nodeDownloads = 'https://nodejs.org/en/download';

export function mendText({ kind }: Mend, l10n: L10n): string {
  switch (kind) {
    case 'restartHub':
      return l10n.t('Restart Hub');
    case 'showLog':
      return l10n.t('Show Log');
    case 'writeAgain':
      return l10n.t('Connect Again');
    case 'openFile':
      return l10n.t('Open File');
    case 'getNode':
      return l10n.t('Get Node');
    case 'start':
      return l10n.t('Start It in a Terminal');
    case 'copyPrompt':
      return l10n.t('Copy Test Prompt');
    case 'answer':
      return l10n.t('Answer');
    default:
      return assertNever(kind);
  }
}
