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

/** A VS Code server as it is installed: a folder with a package.json and a lock file of its own. */
export interface ServerPackage {
  /** What it is called in progress lines. */
  readonly what: string;
  /** Where it is, and VS Code once it is installed. */
  readonly folder: string;
  /** The native modules without which VS Code does not run, by their packages. */
  readonly natives: readonly string[];
  /** The native modules without which VS Code runs, and writes no log file. */
  readonly logNatives: readonly string[];
  /** Dependencies of VS Code that have to be taken in another version, because theirs can't be had from the registry alone. */
  readonly instead?: Readonly<Record<string, string>>;
  /** The package of the folder that holds the Node which runs it. Default: the Node of this process. */
  readonly nodePackage?: string;
  /** Its usual themes, as settings call them. */
  readonly themes: { readonly light: string; readonly dark: string };
}

/** The Node that runs the server whose packages are in `nodeModules`. */
export function nodeIn(nodeModules: string, { nodePackage }: ServerPackage): string {
  return nodePackage === undefined ? process.execPath : join(nodeModules, nodePackage, 'bin', 'node');
}

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
