import { join } from 'node:path';
import type { ServerPackage } from './host.ts';

/** The newest VS Code. */
const newest: ServerPackage = {
  what: 'the web host',
  folder: import.meta.dirname,
  // Without the watchdog the extension host ends at its start.
  natives: ['@vscode/native-watchdog'],
  logNatives: ['@vscode/spdlog'],
  themes: { light: 'Light 2026', dark: 'Dark 2026' },
};

// Packages with Node are named after the machine, and one of them in a way of its own.
const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';

/** The oldest VS Code that is supported: the version in `engines` of package.json. */
const floor: ServerPackage = {
  what: 'the oldest VS Code',
  folder: join(import.meta.dirname, '..', 'floor'),
  natives: ['native-watchdog'],
  logNatives: ['@vscode/spdlog'],
  // The first stands in a Git repository, and the second fetches its program from one.
  instead: { '@parcel/watcher': '2.5.1', '@vscode/ripgrep': '1.18.0' },
  // In a newer Node its extension host stalls.
  nodePackage: `${prefix}-${process.platform}-${process.arch}`,
  themes: { light: 'Default Light Modern', dark: 'Default Dark Modern' },
};

/** The variable that lets tests run in the oldest VS Code, by the value `floor`. */
export const serverVariable = 'AGENTRQ_TEST_VSCODE';

/** The VS Code that tests run in. */
export function chosenServer(): ServerPackage {
  const chosen = process.env[serverVariable] ?? '';
  if (chosen === '') return newest;
  if (chosen === 'floor') return floor;
  throw new Error(`${serverVariable} is ${chosen}. Set it to floor for the oldest VS Code that is supported, or unset it for the newest.`);
}
