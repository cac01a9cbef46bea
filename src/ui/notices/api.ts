import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Workspace } from '../../protocol/model.ts';
import type { Listen } from '../../util/emitter.ts';
import type { Logger } from '../../util/log.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface NoticesDeps {
  board: BoardStore;
  api: Pick<HubApi, 'call'>;
  prompts: Pick<Prompts, 'toast'>;
  memory: Memory;
  /** The workspaces of this window's folders; empty until the hub has reported them. */
  workspaces(): readonly Workspace[];
  onDidChangeWorkspaces: Listen<void>;
  manageRules(): Promise<void>;
  log: Logger;
  /** Shows a failure to the user. */
  report(error: unknown): void;
  l10n: L10n;
}
