import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The programs a web host consists of, as absolute paths. */
export interface Host {
  /** VS Code's own server entry, to be run by `node`. */
  readonly serverMain: string;
  /** The Node that runs the server; its native modules were built for this one. */
  readonly node: string;
  /** The browser that shows the workbench. */
  readonly chromium: string;
}

/** Where progress goes: one sentence a call, no line break at the end. */
export type Log = (line: string) => void;

/** The folder that holds the host's package.json, its lock file and, once installed, VS Code. */
export const hostFolder = import.meta.dirname;

/** VS Code's server inside a `node_modules` folder. */
export function serverFolderIn(nodeModules: string): string {
  return join(nodeModules, 'code-server', 'lib', 'vscode');
}

const knownBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
];

/** The first browser that is there: the one `CHROMIUM_PATH` names, then the usual places. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, but no file is there. Correct or unset it.`);
    return chosen;
  }
  return knownBrowsers.find((path) => existsSync(path));
}
