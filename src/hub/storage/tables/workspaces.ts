import type { DatabaseSync } from 'node:sqlite';
import { type Workspace, workspaceSchema } from '../../../protocol/model.ts';
import { columnsOf, createTable } from './table.ts';

/** The workspaces. */
export function createWorkspaceTable(database: DatabaseSync) {
  const table = createTable<Workspace>(database, 'workspaces', columnsOf(workspaceSchema));
  const workspaceByFolder = table.query('WHERE folder = ?');
  const workspaceByName = table.query('WHERE folder IS NULL AND name = ?');
  const freeFolder = database.prepare('UPDATE workspaces SET folder = id WHERE id = ?');

  return {
    ...table,
    byFolder: (folder: string) => workspaceByFolder(folder)[0],
    byName: (name: string) => workspaceByName(name)[0],
    /** Two of them are about to change folders with each other, and each folder has one at a time. */
    freeFolder: (id: string) => freeFolder.run(id),
  };
}
