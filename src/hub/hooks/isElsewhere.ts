import * as z from 'zod';
import type { Workspace } from '../../protocol/model.ts';
import { isInFolder, isRooted, type Platform, pathOfFolder } from '../../util/paths.ts';
import type { Folders } from '../service/folders.ts';

const placeSchema = z.object({
  cwd: z.string().optional().catch(undefined),
  workspace_roots: z.array(z.string()).optional().catch(undefined),
});

/** The folders that the body of an event names: those that the agent has open, or else the one in which it happens. */
export function foldersIn(body: unknown, platform: Platform): readonly string[] {
  const { cwd, workspace_roots: open = [] } = placeSchema.safeParse(body).data ?? {};
  const roots = open.filter((path) => isRooted(path, platform));
  if (roots.length > 0) return roots;
  return cwd !== undefined && isRooted(cwd, platform) ? [cwd] : [];
}

/**
 * Whether what happens in these folders belongs to another workspace, or to none. Most agents know hooks of the user alone, which run in
 * every folder; what happens in one must not come up in another. The workspace has what happens in its folder and below it, by the real
 * paths of both. A session above it, in the home folder for example, belongs to no workspace. Without a folder it is taken as it is.
 */
export async function isElsewhere({ folder }: Workspace, named: readonly string[], { platform, realPath }: Folders): Promise<boolean> {
  const own = folder === undefined ? undefined : pathOfFolder(folder, platform);
  if (own === undefined || named.length === 0) return false;
  const [realOwn, ...real] = await Promise.all([own, ...named].map(realPath));
  return !real.some((path) => isInFolder(realOwn ?? own, path, platform));
}
