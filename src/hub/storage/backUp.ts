import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openPrivateFile } from '../identity/homeFolder.ts';
import { backUpsIn, removeDraft } from './databaseFiles.ts';

/** How many copies are kept. */
const kept = 2;

/** Copies the current `database` to `file`, readable by this user only, and deletes all but the newest two copies. */
export function backUpDatabase(database: DatabaseSync, file: string): void {
  const draft = `${file}.part`;
  removeDraft(draft);
  // SQLite takes an empty file, and leaves its mode as it is.
  closeSync(openPrivateFile(draft));
  try {
    database.prepare('VACUUM INTO ?').run(draft);
    const descriptor = openSync(draft, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
  for (const old of backUpsIn(dirname(file)).slice(kept)) rmSync(old);
}
