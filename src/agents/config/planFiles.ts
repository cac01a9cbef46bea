import { dirname, sep } from 'node:path';
import type { Connection, FileRecord, RecordedConnections } from './connectionsFile.ts';
import type { DiskFile } from './disk.ts';
import { type ChangedPart, changeFile } from './editFile.ts';
import type { Entry } from './entry.ts';

/** A file that is to have entries. */
export interface WantedFile {
  file: string;
  scope: 'user' | 'project';
  format: 'json' | 'toml';
  holdsToken: boolean;
  entries: Entry[];
}

/** How one file will change. */
export interface FileEdit {
  /** The path as the agent knows it, and what it leads to: that is what is written. */
  file: string;
  target: string;
  scope: 'user' | 'project';
  /** What it says now, and what it will say. `undefined` stands for no file. */
  present: string | undefined;
  next: string | undefined;
  /** Permission bits: of the file that is there, or for a new one. */
  mode: number;
  /** Folders that have to be made for it, outermost first. */
  folders: string[];
  /** Whether the token is in what it will say. Take care where that is shown. */
  holdsToken: boolean;
  /** Whether a token would come into a file that other users of this machine can read. */
  readableByOthers: boolean;
  /** What goes although somebody changed it after AgentRQ wrote it. Ask the user. */
  changed: ChangedPart[];
}

export interface PlannedFiles {
  edits: FileEdit[];
  /** What is noted afterwards of the files that are connected, and of the other connections. */
  records: FileRecord[];
  others: Connection[];
  written: RecordedConnections['written'];
}

/**
 * What happens to files when a connection is made, made anew, or ended (nothing is wanted). Pure: `files` has what is at each path
 * that is wanted or was recorded, `before` the other connections and how each file was left.
 * @throws ConfigError `unreadable`, `unfit`, `taken`
 */
export function planFiles(
  workspaceId: string,
  old: readonly FileRecord[],
  wanted: readonly WantedFile[],
  before: RecordedConnections,
  files: ReadonlyMap<string, DiskFile>,
): PlannedFiles {
  const edits: FileEdit[] = [];
  const records: FileRecord[] = [];
  let rest: readonly Connection[] = before.connections;
  const written = new Map(before.written);
  for (const file of new Set([...old, ...wanted].map((one) => one.file))) {
    const record = old.find((one) => one.file === file);
    const want = wanted.find((one) => one.file === file);
    const found = files.get(file);
    if (found === undefined) throw new Error(`nobody looked at ${file}`);
    const present = found.present?.text;
    const { text: next, ...change } = changeFile({
      file,
      format: want?.format ?? (record as FileRecord).placed.format,
      present,
      written: written.get(file),
      mine: { mark: workspaceId, entries: record?.placed.entries ?? [] },
      theirs: rest.flatMap((one) =>
        one.files.filter((theirs) => theirs.file === file).map(({ placed }) => ({ mark: one.workspaceId, entries: placed.entries })),
      ),
      wanted: want?.entries ?? [],
    });
    if (change.written === undefined) written.delete(file);
    else written.set(file, change.written);
    if (record !== undefined) rest = rest.map((one) => heir(one, record));
    if (want !== undefined) {
      records.push({
        file,
        target: found.target,
        scope: want.scope,
        holdsToken: want.holdsToken,
        folders: [...new Set([...(record?.folders ?? []), ...found.missing])],
        placed: { format: want.format, entries: change.placed },
      });
    }
    if (next === present) continue;
    const holdsToken = want?.holdsToken ?? false;
    edits.push({
      file,
      target: found.target,
      scope: (want ?? (record as FileRecord)).scope,
      present,
      next,
      mode: found.present?.mode ?? (want?.scope === 'project' && !holdsToken ? 0o644 : 0o600),
      folders: next === undefined ? [] : found.missing,
      holdsToken,
      readableByOthers: holdsToken && ((found.present?.mode ?? 0) & 0o044) !== 0,
      changed: change.changed,
    });
  }
  return { edits, records, others: [...rest], written };
}

/** The other connection, when ours is taken out of a file: folders that were made for ours and are still in use go with theirs. */
function heir(other: Connection, ours: FileRecord): Connection {
  return {
    ...other,
    files: other.files.map((theirs) => ({
      ...theirs,
      folders: [...new Set([...ours.folders.filter((folder) => isWithin(theirs.target, folder)), ...theirs.folders])],
    })),
  };
}

function isWithin(target: string, folder: string): boolean {
  return `${dirname(target)}${sep}`.startsWith(`${folder}${sep}`);
}
