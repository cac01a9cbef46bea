import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome } from '../home/defaultHome.ts';
import { installScripts } from './installScripts.ts';

/**
 * Brings the scripts in the home folder up to date, if agents were connected here: their configs go on naming the same files after an
 * update of the extension. @returns whether agents were connected @throws as `installScripts` does
 */
export function refreshScripts({ from, home = defaultHome() }: { from: string; home?: string | undefined }): boolean {
  const isConnected = existsSync(join(home, 'connections.json'));
  if (isConnected) installScripts({ from, home });
  return isConnected;
}
