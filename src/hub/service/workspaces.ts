import { fileURLToPath } from 'node:url';
import type { Workspace } from '../../protocol/model.ts';
import type { ParsedOperationInput } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import { isSameFolder } from '../../util/paths.ts';
import type { ServiceContext } from './context.ts';

/**
 * Finds the workspace of the folder (or, without a folder, of the name), or makes it; a folder that was renamed keeps its id. A folder that
 * was opened in another letter case, where that is no difference, is the same.
 */
export function openWorkspace(
  { store, transact, clock, newId, folders }: ServiceContext,
  { name, description, folder }: ParsedOperationInput<'openWorkspace'>,
): Workspace {
  const known =
    folder === undefined
      ? store.workspaces.byName(name)
      : (store.workspaces.byFolder(folder) ??
        store.workspaces.all().find((one) => one.folder !== undefined && isSameFolder(one.folder, folder, folders.platform)));
  const now = timestamp(clock);
  if (known === undefined) {
    const workspace = { id: newId(), name, description, ...(folder !== undefined && { folder }), createdAt: now, updatedAt: now };
    return transact((changes) => changes.saveWorkspace(workspace));
  }
  if (known.name === name && (description === '' || known.description === description)) return known;
  const renamed = { ...known, name, description: description === '' ? known.description : description, updatedAt: now };
  return transact((changes) => changes.saveWorkspace(renamed));
}

/** The path of the folder that a workspace stands for. `undefined` if it has none, or none on this machine. */
export function workspaceFolder({ folder }: Workspace): string | undefined {
  if (folder?.startsWith('file:') !== true) return undefined;
  try {
    return fileURLToPath(folder);
  } catch {
    return undefined;
  }
}
