import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import type { Page } from 'playwright-core';
import { ensureHost } from '../../host/ensureHost.ts';
import type { Log } from '../../host/host.ts';
import { startHost } from '../../host/startHost.ts';
import { launchBrowser } from '../../support/workbench/launchBrowser.ts';
import { recordsVariable } from '../suiteRecord.ts';
import type { Sandbox } from './makeSandbox.ts';

/** Each test has a limit of its own, and names what it waited for; this one is for a host that is dead. */
const limitMs = 900_000;

/** Runs the suite in the extension host of VS Code's server, with its workbench in a browser without a window. */
export async function runOnWebHost(options: { root: string; neighbour: string; suite: string; sandbox: Sandbox; log: Log }): Promise<void> {
  const { root, neighbour, suite, sandbox, log } = options;
  const host = await ensureHost({ log });
  const running = await startHost({
    host,
    // The address of a page has room for one extension under development.
    extensions: { developmentPath: root, testsPath: suite, vsix: [await packNeighbour(neighbour)] },
    // The editor's own MCP client is one of its AI features.
    settings: { ...sandbox.settings, 'chat.disableAIFeatures': false },
    env: { [recordsVariable]: sandbox.records },
    log,
  });
  try {
    const browser = await launchBrowser(host);
    try {
      const page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
      const ended = hostEnd(page);
      // A page that does not open closes as well, and it is its own failure that is told.
      ended.catch(() => undefined);
      await page.goto(running.addressOf({ workspace: sandbox.workspaceFile }), { timeout: limitMs });
      await ended;
    } finally {
      await browser.close();
    }
  } finally {
    await running.dispose();
  }
}

async function packNeighbour(folder: string): Promise<string> {
  const packagePath = join(folder, 'neighbour.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}

/** The workbench says through this function of its page that the extension host has ended, whether its suite was done or not. */
async function hostEnd(page: Page): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  await page.exposeFunction('codeAutomationExit', () => resolve());
  page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
  page.once('close', () => reject(new Error('The page of the workbench was closed.')));
  const timer = setTimeout(() => reject(new Error(`The suite was not done within ${limitMs / 1_000} s.`)), limitMs);
  return promise.finally(() => clearTimeout(timer));
}
