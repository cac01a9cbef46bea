import type { InboxState } from '../../protocol/toInboxPage.ts';
import type { Listen } from '../../util/emitter.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Command } from '../shell/registerCommands.ts';

/** That there is no hub, wherever the user meets it: in *Needs You*, after a retry, and when a command needs one. */
export interface Trouble extends Disposable {
  /** A sentence, and what mends it; `undefined` while all is well. `now` in milliseconds since 1970. */
  state(now: number): InboxState | undefined;
  readonly onDidChange: Listen<void>;
  /** Has the hub tried again. Says so if it still can't run. */
  tryAgain(): Promise<void>;
  /** This command, which says why there is no hub instead of running without one. */
  needsHub(command: Command): Command;
}
