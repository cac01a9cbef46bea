import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/freePort.ts';

/** What a run of the suite works with, all of it in one temporary folder. */
export interface Sandbox {
  readonly base: string;
  /** A workspace of two folders, `shop` and `docs`, that tries to set what a workspace may not set. */
  readonly workspaceFile: string;
  /** The user's settings: a hub of its own. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where the suite writes its records. */
  readonly records: string;
  dispose(): void;
}

export async function makeSandbox(): Promise<Sandbox> {
  const base = mkdtempSync(join(tmpdir(), 'agentrq-vscode-'));
  const records = join(base, 'records.jsonl');
  writeFileSync(records, '');
  const ofAStranger = {
    'agentrq.hub.port': 1_234,
    'agentrq.hub.home': join(base, 'stolen'),
    'agentrq.hub.durability': 'process',
    'agentrq.agents.waitSeconds': { 'an-agent': 1 },
    'agentrq.attention.command': [join(base, 'stolen')],
  };
  for (const name of ['shop', 'docs']) {
    mkdirSync(join(base, name, '.vscode'), { recursive: true });
    writeFileSync(join(base, name, 'notes.md'), `# ${name}\n`);
    writeFileSync(join(base, name, '.vscode', 'settings.json'), JSON.stringify(ofAStranger));
  }
  const workspaceFile = join(base, 'both.code-workspace');
  const workspace = {
    folders: [{ path: 'shop' }, { path: 'docs' }],
    settings: { ...ofAStranger, 'agentrq.notifications.messages': 'ownFolders' },
  };
  writeFileSync(workspaceFile, JSON.stringify(workspace));
  return {
    base,
    workspaceFile,
    settings: {
      'agentrq.hub.port': await freePort(),
      'agentrq.hub.home': join(base, 'home'),
      'agentrq.hub.durability': 'full',
      'agentrq.agents.waitSeconds': { 'an-agent': 60 },
      // The editor asks before it hands a link to an extension.
      'extensions.confirmedUriHandlerExtensionIds': ['agentrq.agentrq'],
    },
    records,
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}
