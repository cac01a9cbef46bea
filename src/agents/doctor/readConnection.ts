import { isDeepStrictEqual } from 'node:util';
import { serverName } from '../../protocol/names.ts';
import type { Connection, FileRecord } from '../config/connectionsFile.ts';
import type { Entry } from '../config/entry.ts';
import { readEntry } from '../config/formats.ts';
import { hookEntries } from '../config/hookEntries.ts';
import type { Machine } from '../config/machine.ts';
import { type Reach, serverEntries } from '../config/serverEntry.ts';
import { pluginEntries } from '../config/wakeEntries.ts';
import { type EntryReach, entryReach, isSwitchedOff } from './entryReach.ts';

/** What the files of a connection say now, and what they should say. */
export interface ReadConnection {
  server: {
    file: string;
    /** How the entry reaches the hub; `undefined` if it is gone, or says neither an address nor a command. */
    present: EntryReach | undefined;
    wanted: EntryReach;
    switchedOff: boolean;
    /** The folders under which Claude Code keeps the entry, as it writes them: those that have it, and those that have lost it. */
    keys: string[];
    missing: string[];
  };
  /** How many of the hooks are there as they should be; absent if it is connected without. */
  hooks?: { file: string; there: number; of: number; needNode: boolean };
}

/**
 * Reads the entries of a connection back from the agent's files. @param reach how the agent should reach the hub as it is now
 * @throws ConfigError `unreadable`
 */
export async function readConnection(machine: Machine, connection: Connection, reach: Reach): Promise<ReadConnection> {
  const { agent, workspaceId, folder } = connection;
  const name = serverName(workspaceId);
  const own = connection.files.flatMap((record) => record.placed.entries.map((entry) => ({ record, entry })));
  const servers = own.filter(({ entry }) => entry.kind === 'member' && entry.path.at(-1) === name);
  const [server] = servers;
  if (server === undefined) throw new Error('the note of the connection names no server');
  const [{ value: ours }] = serverEntries(agent, { machine, workspaceId, reach, folder }, undefined);
  const wanted = entryReach(ours);
  if (wanted === undefined) throw new Error('our own entry reaches nothing');
  const values = await Promise.all(servers.map(({ record, entry }) => read(machine, record, entry.path)));
  const value = values.find((one) => entryReach(one) !== undefined);
  const keys = agent === 'claudeCode' && folder !== undefined ? servers.map(({ entry }) => entry.path[1] ?? '') : [];
  const found: ReadConnection = {
    server: {
      file: server.record.file,
      present: entryReach(value),
      wanted,
      switchedOff: isSwitchedOff(value),
      keys: keys.filter((_, index) => entryReach(values[index]) !== undefined),
      missing: keys.filter((_, index) => entryReach(values[index]) === undefined),
    },
  };
  const hook = own.find(({ entry }) => entry.kind === 'element');
  if (hook === undefined) return found;

  const direct = agent === 'claudeCode' && reach.transport === 'http' && hook.record.holdsToken;
  const http = direct ? { hubUrl: new URL(reach.mcpUrl).origin, token: reach.token } : undefined;
  const wake = connection.wake === true;
  const entries = [
    ...hookEntries(agent, { machine, workspaceId, wake, ...(http && { http }) }),
    ...(wake && agent === 'opencode' ? pluginEntries(machine, workspaceId) : []),
  ].filter(({ kind }) => kind === 'element');
  const there = await Promise.all(entries.map((entry) => isThere(machine, hook.record, entry)));
  return {
    ...found,
    hooks: { file: hook.record.file, there: there.filter(Boolean).length, of: entries.length, needNode: !direct },
  };
}

async function isThere(machine: Machine, record: FileRecord, { path, value }: Entry): Promise<boolean> {
  const list = await read(machine, record, path);
  const wanted: unknown = JSON.parse(JSON.stringify(value));
  return Array.isArray(list) && list.some((element) => isDeepStrictEqual(element, wanted));
}

async function read({ disk }: Machine, { file, placed }: FileRecord, path: readonly string[]): Promise<ReturnType<typeof readEntry>> {
  return readEntry((await disk.look(file)).present?.text ?? '', placed.format, path, file);
}
