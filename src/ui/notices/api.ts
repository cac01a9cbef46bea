import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Workspace } from '../../protocol/model.ts';
import type { Listen } from '../../util/emitter.ts';
import type { Logger } from '../../util/log.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What looking after the workspaces of this window works with. */
export interface NoticesDeps {
  board: BoardStore;
  api: Pick<HubApi, 'call'>;
  prompts: Pick<Prompts, 'toast'>;
  memory: Memory;
  /** The hub's workspaces of this window's folders; empty until they are known. */
  workspaces(): readonly Workspace[];
  onDidChangeWorkspaces: Listen<void>;
  manageRules(): Promise<void>;
  log: Logger;
  /** Shows the person a failure. */
  report(error: unknown): void;
  l10n: L10n;
}
