import type { Connection } from '../../agents/config/connectAgent.ts';
import { isSamePath } from '../../util/paths.ts';
import type { ConnectContext } from './context.ts';

/** The present folder of a connection whose workspace was taken over to another path, unless the agent was connected there since. */
export function movedTo({ board, editor, system }: ConnectContext, connection: Connection, all: readonly Connection[]): string | undefined {
  const { agent, workspaceId, folder } = connection;
  const uri = board.board.workspaces.get(workspaceId)?.folder;
  const now = uri === undefined ? undefined : editor.pathOf(uri);
  if (folder === undefined || now === undefined) return undefined;
  const { platform } = system().machine;
  const isThere = all.some(
    (one) => one.agent === agent && one.workspaceId === workspaceId && one.folder !== undefined && isSamePath(one.folder, now, platform),
  );
  return isThere ? undefined : now;
}
