import { closeSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPrivateFile } from '../identity/homeFolder.ts';

// The database in the hub's home, and what may lie beside it:
//   hub.db, hub.db-wal, hub.db-shm   the database as SQLite keeps it
//   hub.db.suspect                   it was found to be damaged while it was in use; looked at when the hub starts
//   hub.db.salvaging, hub.db.salvaged   what could be read of a damaged one: being copied, and complete
//   hub.db.damaged-<time>            a damaged one that was set aside; nobody deletes it but the user
//   hub.db.before-v<N>               a copy from before the schema became version N

/** The file in the hub's home that holds everything. */
export const databaseFile = 'hub.db';

/** What SQLite puts beside a database. */
const companions = ['-wal', '-shm'] as const;

export interface DatabaseFiles {
  main: string;
  suspect: string;
  salvaging: string;
  salvaged: string;
  backUp(version: number): string;
}

export function databaseFilesOf(home: string): DatabaseFiles {
  const main = join(home, databaseFile);
  return {
    main,
    suspect: `${main}.suspect`,
    salvaging: `${main}.salvaging`,
    salvaged: `${main}.salvaged`,
    backUp: (version) => `${main}.before-v${version}`,
  };
}

/** Makes sure that the files are this user's own, and that `main` is there. @throws StartError `home-not-writable` */
export function securePrivateFiles({ main }: DatabaseFiles): void {
  // SQLite gives its other files the mode of this one.
  closeSync(openPrivateFile(main));
  for (const companion of companions) if (existsSync(main + companion)) closeSync(openPrivateFile(main + companion));
}

/** The hub that had it last didn't close it: SQLite empties its write-ahead log when it does. */
export function wasLeftOpen({ main }: DatabaseFiles): boolean {
  return (statSync(`${main}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Has the database looked at in full when the hub starts next. */
export function markSuspect({ suspect }: DatabaseFiles): void {
  writeFileSync(suspect, '', { mode: 0o600 });
}

/** Puts the database aside under a name that is free, `at` milliseconds since 1970, and says which. */
export function setAside({ main }: DatabaseFiles, at: number): string {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  let name = `${main}.damaged-${stamp}`;
  for (let count = 2; existsSync(name); count += 1) name = `${main}.damaged-${stamp}-${count}`;
  // A write-ahead log that were left behind would be taken for that of the database that comes next, so it goes first.
  for (const suffix of [...companions, '']) if (existsSync(main + suffix)) renameSync(main + suffix, name + suffix);
  return name;
}

/** Removes a copy that was not completed, with what SQLite put beside it. */
export function removeDraft(file: string): void {
  for (const suffix of ['', '-journal', ...companions]) rmSync(file + suffix, { force: true });
}

/** The copies from before a migration, the newest one first. */
export function backUpsIn(home: string): string[] {
  const found = readdirSync(home).flatMap((name) => {
    const path = join(home, name);
    return /^hub\.db\.before-v\d+$/.test(name) ? [{ path, madeAt: statSync(path).mtimeMs }] : [];
  });
  return found.toSorted((a, b) => b.madeAt - a.madeAt).map(({ path }) => path);
}
