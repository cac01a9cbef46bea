import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { quietSettings } from '../../host/quietSettings.ts';
import { recordsVariable } from '../suiteRecord.ts';
import type { Sandbox } from './makeSandbox.ts';

/** Runs the suite in desktop VS Code, downloaded if it isn't there: the newest, or the oldest that is supported. It needs a display. */
export async function runOnDesktop(options: { root: string; neighbour: string; suite: string; sandbox: Sandbox }): Promise<void> {
  const { root, neighbour, suite, sandbox } = options;
  // A short name: the editor's socket lies in it, and macOS has room for 103 characters.
  const userData = join(sandbox.base, 'u');
  mkdirSync(join(userData, 'User'), { recursive: true });
  const settings = { ...quietSettings, ...sandbox.settings, 'chat.disableAIFeatures': false };
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  await runTests({
    ...(process.env['AGENTRQ_TEST_VSCODE'] === 'floor' && { version: floorVersion(root) }),
    extensionDevelopmentPath: [root, neighbour],
    extensionTestsPath: suite,
    extensionTestsEnv: { [recordsVariable]: sandbox.records },
    launchArgs: [sandbox.workspaceFile, `--user-data-dir=${userData}`, '--disable-extensions', '--disable-workspace-trust'],
  });
}

/** The oldest VS Code that the manifest promises: `^1.105.0` is 1.105.0. */
function floorVersion(root: string): string {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  return engines.vscode.replace('^', '');
}
