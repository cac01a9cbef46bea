import { HubError } from '../../protocol/hubErrors.ts';
import type { Workspace } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { pathOfFolder } from '../../util/paths.ts';
import type { Store } from '../storage/store.ts';
import type { ServiceContext } from './context.ts';
import { findWorkspace } from './lookup.ts';

// A workspace is found by the path of its folder, so a folder that was renamed would begin anew. The hub notes by what it knows the folder
// itself, and lets the user say that the workspace goes along.

const markKey = (workspaceId: string): string => `folder ${workspaceId}`;

/** Notes by what the folder of this workspace is known. @returns the workspace whose folder it was before, if this one is new */
export async function noteFolder(context: ServiceContext, workspaceId: string): Promise<Workspace | undefined> {
  const { store, folders, closing } = context;
  const path = pathOf(context, findWorkspace(store, workspaceId));
  const mark = path === undefined ? undefined : await folders.markOf(path);
  // A window may still show the path that is gone: what was known of it stays.
  if (mark === undefined || closing.aborted) return undefined;
  if (store.meta.get(markKey(workspaceId)) !== mark) store.meta.set(markKey(workspaceId), mark);
  const others = store.workspaces.all().filter(({ id }) => id !== workspaceId && store.meta.get(markKey(id)) === mark);
  const gone = await Promise.all(others.map((other) => isGone(context, other)));
  if (closing.aborted || !isNew(store, workspaceId)) return undefined;
  const [former, ...more] = others.filter(({ id }, index) => gone[index] === true && !isNew(store, id));
  return more.length === 0 ? former : undefined;
}

/**
 * Lets the workspace stand for the folder under the path that it has now. The new workspace of that path stands for the former path then,
 * so nothing is lost, and a folder that is renamed back finds its way as well.
 * @throws HubError `not_supported` if it isn't known to be the same folder, or somebody has begun to work in the new workspace
 */
export async function moveToFolder(context: ServiceContext, workspaceId: string, folder: string): Promise<Workspace> {
  const { store, transact, clock } = context;
  const before = findWorkspace(store, workspaceId);
  if (before.folder === folder) return before;
  const fresh = store.workspaces.byFolder(folder);
  const former = fresh && (await noteFolder(context, fresh.id));
  const workspace = findWorkspace(store, workspaceId);
  // The same call came twice, and the other one was first.
  if (workspace.folder === folder) return workspace;
  if (fresh === undefined || former?.id !== workspaceId || store.workspaces.byFolder(folder)?.id !== fresh.id) {
    throw new HubError('not_supported', 'This folder is not known to be the one that was renamed, or there is work in it already.');
  }
  const updatedAt = timestamp(clock);
  return transact((changes) => {
    store.workspaces.freeFolder(workspaceId);
    changes.saveWorkspace({ ...fresh, name: workspace.name, folder: workspace.folder, updatedAt });
    return changes.saveWorkspace({ ...workspace, name: fresh.name, folder, updatedAt });
  });
}

/** The user begins anew: this workspace is not looked for under other paths, until its own folder is open again. */
export function forgetFolder({ store }: ServiceContext, workspaceId: string): Workspace {
  const workspace = findWorkspace(store, workspaceId);
  store.meta.set(markKey(workspaceId), '');
  return workspace;
}

function pathOf({ folders }: ServiceContext, { folder }: Workspace): string | undefined {
  return folder === undefined ? undefined : pathOfFolder(folder, folders.platform);
}

async function isGone(context: ServiceContext, workspace: Workspace): Promise<boolean> {
  const path = pathOf(context, workspace);
  return path !== undefined && context.folders.isGone(path);
}

/** Nobody has worked in it, and no agent knows it. */
function isNew(store: Store, workspaceId: string): boolean {
  const page = { workspaceId, statuses: [], limit: 1, offset: 0 };
  return (
    store.agents.countOfWorkspace(workspaceId) === 0 &&
    store.rules.ofWorkspace(workspaceId).length === 0 &&
    [false, true].every((archived) => store.tasks.page({ ...page, archived }).length === 0)
  );
}
