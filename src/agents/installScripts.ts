import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome } from '../home/ownHub.ts';
import { readPrivateFile, writePrivateFile } from '../home/privateFile.ts';

/** The scripts that agents' configs name: they stay where they are when the extension is updated. */
const scripts = ['bridge.cjs', 'hook.cjs', 'opencode.mjs'] as const;

/** Where agents' configs find the scripts. */
export interface InstalledScripts {
  bridge: string;
  hook: string;
}

/**
 * Copies the scripts from the folder `from` into `<home>/bin`, for this user alone. One that is the same already isn't touched, and
 * one that is replaced is replaced whole, so what runs is not disturbed.
 * @throws if a script is missing in `from`, or the home folder can't be written to
 */
export function installScripts({ from, home }: { from: string; home: string }): InstalledScripts {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true, mode: 0o700 });
  chmodSync(bin, 0o700);
  for (const name of scripts) {
    const wanted = readFileSync(join(from, name), 'utf8');
    if (contentsOf(join(bin, name)) !== wanted) writePrivateFile(join(bin, name), wanted);
  }
  return { bridge: join(bin, 'bridge.cjs'), hook: join(bin, 'hook.cjs') };
}

/** `undefined` as well if others could have written it: then it is replaced. */
function contentsOf(file: string): string | undefined {
  try {
    return readPrivateFile(file);
  } catch {
    return undefined;
  }
}

/**
 * Brings the scripts in the home folder up to date, if agents were connected here: their configs go on naming the same files after an
 * update of the extension. @returns whether agents were connected @throws as `installScripts` does
 */
export function refreshScripts({ from, home = defaultHome() }: { from: string; home?: string | undefined }): boolean {
  const isConnected = existsSync(join(home, 'connections.json'));
  if (isConnected) installScripts({ from, home });
  return isConnected;
}
