import { posix, win32 } from 'node:path';
import { isInFolder, isSamePath } from '../../util/paths.ts';
import type { Connection, ConnectionKey, FileRecord, RecordedConnections } from './connectionsFile.ts';
import { findConnection } from './connectionsFile.ts';
import type { Machine } from './machine.ts';

type Surroundings = Pick<Machine, 'platform'>;

/**
 * What was noted, with the connection of this agent and workspace at the path that its folder has now. A workspace has one folder, so one
 * that was connected under another path was renamed, and what stands in it went along. Without a folder, or if something was connected
 * there since, everything is as it was.
 */
export function followFolder(
  noted: RecordedConnections,
  { agent, workspaceId, folder }: ConnectionKey,
  machine: Surroundings,
): RecordedConnections {
  const { connections, written } = noted;
  const former = connections.find((one) => one.agent === agent && one.workspaceId === workspaceId && one.folder !== undefined);
  if (folder === undefined || former?.folder === undefined) return noted;
  if (findConnection(connections, { agent, workspaceId, folder }, machine) !== undefined) return noted;
  const now = (path: string): string => moved(path, former.folder ?? folder, folder, machine);
  const paths = new Map(former.files.filter(({ scope }) => scope === 'project').map(({ file }) => [file, now(file)]));
  const record = (one: FileRecord): FileRecord =>
    paths.has(one.file) ? { ...one, file: now(one.file), target: now(one.target), folders: one.folders.map(now) } : one;
  const connection: Connection = { ...former, folder, files: former.files.map(record) };
  return {
    connections: connections.map((one) => (one === former ? connection : one)),
    written: new Map([...written].map(([file, left]) => [paths.get(file) ?? file, left])),
  };
}

/** A path in the folder, as it is since that has another one. */
function moved(path: string, before: string, now: string, { platform }: Surroundings): string {
  const { join, relative } = platform === 'win32' ? win32 : posix;
  if (isSamePath(path, before, platform)) return now;
  return isInFolder(before, path, platform) ? join(now, relative(before, path)) : path;
}
