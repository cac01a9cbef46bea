import { fileURLToPath } from 'node:url';
import type { Workspace } from '../../protocol/model.ts';

/** The path of the folder that a workspace stands for. `undefined` if it has none, or none on this machine. */
export function workspaceFolder({ folder }: Workspace): string | undefined {
  if (folder?.startsWith('file:') !== true) return undefined;
  try {
    return fileURLToPath(folder);
  } catch {
    return undefined;
  }
}
