import { closeSync, existsSync, renameSync, rmSync } from 'node:fs';
import type * as nodeSqlite from 'node:sqlite';
import type { Logger } from '../../../util/log.ts';
import { type Sentence, translatable } from '../../../util/sentence.ts';
import { openPrivateFile } from '../../identity/homeFolder.ts';
import { connectDraft, connectReader } from '../connect.ts';
import { type DatabaseFiles, markSuspect, removeDraft, setAside } from '../databaseFiles.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';
import { type Salvage, salvage } from './salvage.ts';

/** Moves the damaged database aside and replaces it by what could be salvaged. Returns a notice for the user. */
export function replaceDamaged(
  sqlite: typeof nodeSqlite,
  files: DatabaseFiles,
  { foreign, now, log }: { foreign: boolean; now: number; log: Logger },
): Sentence {
  // Whatever happens from here on, the next start looks again.
  markSuspect(files);
  removeDraft(files.salvaging);
  closeSync(openPrivateFile(files.salvaging));
  const damaged = foreign ? undefined : connectOrNothing(sqlite, files.main);
  const fresh = connectDraft(sqlite, files.salvaging);
  let result: Salvage;
  try {
    result = salvage(damaged, fresh, { now: new Date(now).toISOString(), log });
  } finally {
    fresh.close();
    damaged?.close();
  }
  renameSync(files.salvaging, files.salvaged);
  const kept = putInPlace(files, now);
  return foreign
    ? translatable(
        'The file {0} was not a database of the hub. It is kept as {1}, and the hub starts empty: connect your agents again.',
        files.main,
        kept,
      )
    : describe(result, kept);
}

/** Completes a replacement that was interrupted, and says whether there was one. */
export function finishRepair(files: DatabaseFiles, now: number): Sentence | undefined {
  if (!existsSync(files.salvaged)) return undefined;
  putInPlace(files, now);
  return translatable(
    'The hub’s database was damaged. What could be read is back; the damaged file is kept beside {0}. Look through your tasks, and delete it once you miss nothing.',
    files.main,
  );
}

function putInPlace(files: DatabaseFiles, now: number): string {
  const kept = setAside(files, now);
  renameSync(files.salvaged, files.main);
  rmSync(files.suspect, { force: true });
  return kept;
}

function connectOrNothing(sqlite: typeof nodeSqlite, file: string): nodeSqlite.DatabaseSync | undefined {
  try {
    return connectReader(sqlite, file);
  } catch (error) {
    if (sqliteTrouble(error) !== 'damaged') throw error;
    return undefined;
  }
}

function describe({ workspaces, tasks, messages, requests, lost, torn }: Salvage, kept: string): Sentence {
  if (workspaces === 0) {
    return translatable(
      'The hub’s database was damaged and nothing in it could be read, so the hub starts empty: connect your agents again. The damaged file is kept as {0}.',
      kept,
    );
  }
  const found = translatable('{0} tasks, {1} messages and {2} requests are back', tasks, messages, requests);
  if (lost === 0 && !torn)
    return translatable('The hub’s database was damaged. All of it could be read: {0}. The damaged file is kept as {1}.', found, kept);
  const missing = lost > 0 ? translatable('at least {0} entries are lost', lost) : translatable('the newest ones may be lost');
  return translatable(
    'The hub’s database was damaged. What could be read: {0}; {1}. The damaged file is kept as {2}. Look through your tasks, and delete it once you miss nothing.',
    found,
    missing,
    kept,
  );
}
