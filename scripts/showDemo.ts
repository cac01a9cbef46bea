import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { startProduct } from '../test/support/product.ts';

const root = join(import.meta.dirname, '..');

/** Opens VS Code with the extension for a person, until they close it: the desktop's where it can be had, else one in the browser. */
export async function showDemo(): Promise<void> {
  console.log('When VS Code is open: choose AgentRQ in the activity bar, and there “Start Practice Agent”.\n');
  const desktop = await findDesktop();
  if (desktop !== undefined) {
    const home = mkdtempSync(join(tmpdir(), 'agentrq-demo-'));
    await runTests({
      vscodeExecutablePath: desktop,
      extensionDevelopmentPath: root,
      // No tests: the window belongs to the person.
      extensionTestsPath: '',
      launchArgs: [root, '--disable-extensions'],
      extensionTestsEnv: { AGENTRQ_HOME: home },
    });
    return;
  }
  const product = await startProduct({ log: console.log });
  console.log(`\nOpen ${product.host.url}\nPress Ctrl+C to end.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
  await product.dispose();
}

/** Desktop VS Code needs a display, and a way to its download. */
async function findDesktop(): Promise<string | undefined> {
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasDisplay) return undefined;
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    console.log(`Desktop VS Code can't be downloaded (${String(error)}); opening one in the browser instead.`);
    return undefined;
  }
}
