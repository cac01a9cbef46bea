import * as z from 'zod';
import type { Workspace } from '../../protocol/model.ts';
import { isInFolder, isRooted, pathOfFolder } from '../../util/paths.ts';
import type { Folders } from '../folders.ts';

const placeSchema = z.object({
  cwd: z.string().optional().catch(undefined),
  workspace_roots: z.array(z.string()).optional().catch(undefined),
});

/**
 * Whether an event comes from another folder than that of its workspace. Most agents know hooks of the user alone, which run in every
 * folder; what happens in one must not come up in another. The workspace has what happens in its folder and below it, by the real paths
 * of both. A session above it, in the home folder for example, belongs to no workspace. An event that names no folder is taken as it is.
 */
export async function isElsewhere({ folder }: Workspace, body: unknown, { platform, realPath }: Folders): Promise<boolean> {
  const own = folder === undefined ? undefined : pathOfFolder(folder, platform);
  const place = placeSchema.safeParse(body);
  if (own === undefined || !place.success) return false;
  const { cwd, workspace_roots: roots } = place.data;
  const named = [...(cwd === undefined ? [] : [cwd]), ...(roots ?? [])].filter((path) => isRooted(path, platform));
  if (named.length === 0) return false;
  const [realOwn, ...real] = await Promise.all([own, ...named].map(realPath));
  return !real.some((path) => isInFolder(realOwn ?? own, path, platform));
}
