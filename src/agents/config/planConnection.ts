import { join } from 'node:path';
import { wakeFileName } from '../../protocol/wake.ts';
import { timestamp } from '../../util/clock.ts';
import { translatable } from '../../util/sentence.ts';
import type { AgentId } from './agentIds.ts';
import { ConfigError } from './configError.ts';
import type { Connection, ConnectionKey, RecordedConnections } from './connectionsFile.ts';
import { connectionsPath, findConnection, parseConnections, printConnections } from './connectionsFile.ts';
import type { DiskFile } from './disk.ts';
import type { Value } from './entry.ts';
import { followFolder } from './followFolder.ts';
import { readEntry } from './formats.ts';
import { hookEntries } from './hookEntries.ts';
import type { Machine } from './machine.ts';
import { mayHoldToken } from './mayHoldToken.ts';
import { type ConfigLocation, placesOf } from './places.ts';
import { type FileEdit, type PlannedFiles, planFiles, type WantedFile } from './planFiles.ts';
import { type Reach, serverEntries } from './serverEntry.ts';
import { unaskedEntries } from './unaskedEntries.ts';
import { mayBeWoken, pluginEntries, wakeEntries } from './wakeEntries.ts';

/** Which agent is to be connected, and how. */
export interface ConnectionRequest {
  agent: AgentId;
  workspaceId: string;
  /** The absolute path of the folder of the workspace, if it has one. */
  folder?: string;
  reach: Reach;
  /** Whether the agent is to report to the hub as well. Those that have no hooks are connected without. */
  hooks: boolean;
  /** Whether it may be woken when the user has said something. Needs its hooks; those that can't be woken are connected without. */
  wake?: boolean | undefined;
  /** The absolute path of the agent's program, where it is woken by that. */
  program?: string | undefined;
}

/** Everything that connecting or disconnecting an agent would write. Nothing is written yet; show it first. */
export interface ConnectionPlan {
  key: ConnectionKey;
  edits: FileEdit[];
  /** The note of what was written where, before and after. */
  note: { file: string; present: string | undefined; next: string };
  /** Folders that were made for this connection and are to go if nothing is left in them, innermost first. */
  emptied: string[];
}

/**
 * What connecting an agent would write. A connection that is there already is replaced, also if its folder had another path then; what it
 * wrote is undone first.
 * @throws ConfigError with the next step; nothing was changed
 */
export async function planConnection(machine: Machine, request: ConnectionRequest): Promise<ConnectionPlan> {
  const { agent, workspaceId, reach, hooks } = request;
  const wake = hooks && request.wake === true && mayBeWoken(agent, reach.transport);
  if (agent === 'agentHost' && reach.transport === 'http') {
    throw new ConfigError(
      'git',
      translatable('The project’s .mcp.json is meant to be shared, so no token may be in it. Connect by the bridge instead.'),
    );
  }
  const note = await readNote(machine, request);
  const old = findConnection(note.connections, request, machine);
  // The spelling that was written first stays, so that the same files are meant.
  const folder = old === undefined ? request.folder : old.folder;
  const key: ConnectionKey = { agent, workspaceId, ...(folder !== undefined && { folder }) };
  const files = new Map<string, DiskFile>();
  const look = async (file: string): Promise<DiskFile> => {
    const found = files.get(file) ?? (await machine.disk.look(file));
    files.set(file, found);
    return found;
  };

  const places = placesOf(agent, machine, workspaceId, folder);
  const server = await firstThere(places.servers, look);
  const wanted: WantedFile[] = [];
  const want = (place: ConfigLocation, holdsToken: boolean, entries: WantedFile['entries']): void => {
    if (entries.length === 0) return;
    const same = wanted.find((one) => one.file === place.file);
    if (same === undefined) wanted.push({ ...place, format: formatOf(place.file), holdsToken, entries });
    else same.entries.push(...entries);
  };

  if (reach.transport === 'http' && !(await mayHold(machine, server, look))) throw inGit(server.file);
  const target = { machine, workspaceId, reach, folder };
  const present = await presentValue(agent, server, look);
  want(server, reach.transport === 'http', serverEntries(agent, target, present));
  if (wake && agent === 'opencode') want(server, false, pluginEntries(machine, workspaceId, present));

  if (hooks && places.hooks !== undefined) {
    const place = places.hooks;
    const http =
      agent === 'claudeCode' && reach.transport === 'http' && (await mayHold(machine, place, look))
        ? { hubUrl: new URL(reach.mcpUrl).origin, token: reach.token }
        : undefined;
    await look(place.file);
    want(place, http !== undefined, hookEntries(agent, { machine, workspaceId, wake, ...(http && { http }) }));
  }

  if (wake && agent === 'codex') {
    const place: ConfigLocation = { file: join(machine.home, wakeFileName), scope: 'user' };
    await look(place.file);
    want(place, false, wakeEntries(workspaceId, request.program, machine.platform));
  }

  const settings = places.settings === undefined ? server : ((hooks ? places.hooks : undefined) ?? places.settings);
  await look(settings.file);
  want(settings, false, unaskedEntries(agent, workspaceId));

  for (const { file } of old?.files ?? []) await look(file);
  const others = note.connections.filter((one) => one !== old);
  const planned = planFiles(workspaceId, old?.files ?? [], wanted, { ...note, connections: others }, files);
  const connection: Connection = {
    ...key,
    transport: reach.transport,
    hooks: hooks && (wake || places.hooks !== undefined),
    ...(wake && { wake }),
    connectedAt: timestamp(machine.clock),
    files: planned.records,
  };
  return makePlan(key, note, planned, old, [...planned.others, connection]);
}

/**
 * What disconnecting an agent would write: each file as it was before, or without our entries if somebody wrote to it meanwhile.
 * @param key with the path that the folder has now, which may be another than when it was connected
 * @throws ConfigError `unknown` if it isn't connected, or `unreadable`, `unfit`
 */
export async function planDisconnection(machine: Machine, key: ConnectionKey): Promise<ConnectionPlan> {
  const note = await readNote(machine, key);
  const old = findConnection(note.connections, key, machine);
  if (old === undefined) {
    throw new ConfigError('unknown', translatable('AgentRQ has written nothing for this agent here, so there is nothing to remove.'));
  }
  const files = new Map<string, DiskFile>();
  for (const { file } of old.files) files.set(file, await machine.disk.look(file));
  const others = note.connections.filter((one) => one !== old);
  const planned = planFiles(key.workspaceId, old.files, [], { ...note, connections: others }, files);
  return makePlan(key, note, planned, old, planned.others);
}

/** The connections that were made, oldest first. @throws ConfigError `unreadable` */
export async function listConnections(machine: Machine): Promise<Connection[]> {
  return (await readNote(machine)).connections;
}

interface Note extends RecordedConnections {
  file: string;
  text: string | undefined;
}

/** @param key the connection that is meant, which is found also if its folder has another path now */
async function readNote(machine: Machine, key?: ConnectionKey): Promise<Note> {
  const file = connectionsPath(machine);
  const text = (await machine.disk.look(file)).present?.text;
  const noted = parseConnections(text, file);
  return { file, text, ...(key === undefined ? noted : followFolder(noted, key, machine)) };
}

function makePlan(
  key: ConnectionKey,
  note: Note,
  planned: PlannedFiles,
  old: Connection | undefined,
  connections: Connection[],
): ConnectionPlan {
  const kept = new Set(connections.flatMap(({ files }) => files.flatMap(({ folders }) => folders)));
  const made = (old?.files ?? []).flatMap(({ folders }) => folders);
  return {
    key,
    edits: planned.edits,
    note: { file: note.file, present: note.text, next: printConnections({ connections, written: planned.written }) },
    emptied: [...new Set(made)].filter((folder) => !kept.has(folder)).toSorted((a, b) => b.length - a.length),
  };
}

function formatOf(file: string): WantedFile['format'] {
  return file.endsWith('.toml') ? 'toml' : 'json';
}

type Look = (file: string) => Promise<DiskFile>;

async function firstThere(places: readonly ConfigLocation[], look: Look): Promise<ConfigLocation> {
  for (const place of places) if ((await look(place.file)).present !== undefined) return place;
  return places.at(-1) as ConfigLocation;
}

async function mayHold(machine: Machine, { file, scope }: ConfigLocation, look: Look): Promise<boolean> {
  return mayHoldToken(machine, scope, [file, (await look(file)).target]);
}

/** What a config says, where the shape of the entry depends on it. */
async function presentValue(agent: AgentId, { file }: ConfigLocation, look: Look): Promise<Value | undefined> {
  if (agent !== 'opencode') return undefined;
  return readEntry((await look(file)).present?.text ?? '', 'json', [], file);
}

function inGit(file: string): ConfigError {
  return new ConfigError(
    'git',
    translatable(
      '{0} is tracked by git, or would be, so AgentRQ writes no token into it. Connect by the bridge instead, which needs none, or let git ignore the file.',
      file,
    ),
    { file },
  );
}
