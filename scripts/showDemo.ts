import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { bundleAll } from '../esbuild.mjs';
import { freePort } from '../test/support/freePort.ts';
import { startProduct } from '../test/support/product.ts';

const root = join(import.meta.dirname, '..');

/** Opens VS Code with the extension for a person, until they close it: the desktop's where it can be had, else one in the browser. */
export async function showDemo(): Promise<void> {
  console.log('When VS Code is open: choose AgentRQ in the activity bar, and there “Start Practice Agent”.\n');
  const desktop = await findDesktop();
  if (desktop !== undefined) return await openDesktop(desktop);
  const product = await startProduct({ log: console.log, extent: 'bare' });
  console.log(`\nOpen ${product.address}\nPress Ctrl+C to end.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
  await product.dispose();
}

/** With data and a hub of its own, so that neither the user's settings nor their board are touched. */
async function openDesktop(program: string): Promise<void> {
  await bundleAll(join(root, 'dist'));
  const data = mkdtempSync(join(tmpdir(), 'agentrq-demo-'));
  mkdirSync(join(data, 'user', 'User'), { recursive: true });
  writeFileSync(join(data, 'user', 'User', 'settings.json'), JSON.stringify({ 'agentrq.hub.port': await freePort() }));
  const args = [
    root,
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${join(data, 'user')}`,
    `--extensions-dir=${join(data, 'extensions')}`,
    '--disable-workspace-trust',
    '--wait',
  ];
  const window = spawn(program, args, { stdio: 'inherit', env: { ...process.env, AGENTRQ_HOME: join(data, 'home') } });
  await once(window, 'close');
  rmSync(data, { recursive: true, force: true });
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
