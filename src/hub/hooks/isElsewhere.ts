import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Workspace } from '../../protocol/model.ts';

const placeSchema = z.object({
  cwd: z.string().optional().catch(undefined),
  workspace_roots: z.array(z.string()).optional().catch(undefined),
});

/**
 * Whether an event comes from another folder than that of its workspace. Most agents know hooks of the user alone, which run in every
 * folder; what happens in one must not come up in another. An event that names no folder is taken as it is.
 */
export function isElsewhere({ folder }: Workspace, body: unknown): boolean {
  const place = placeSchema.safeParse(body);
  if (folder === undefined || !folder.startsWith('file:') || !place.success) return false;
  const { cwd, workspace_roots: roots } = place.data;
  const named = [...(cwd === undefined ? [] : [cwd]), ...(roots ?? [])].filter(isAbsolute);
  const own = fileURLToPath(folder);
  return named.length > 0 && !named.some((path) => contains(own, path) || contains(path, own));
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
