import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ensureHost } from '../host/ensureHost.ts';
import type { Log } from '../host/host.ts';
import { type RunningHost, startHost } from '../host/startHost.ts';
import { freePort } from './freePort.ts';
import { packageExtension } from './packageExtension.ts';
import { launchBrowser } from './workbench/launchBrowser.ts';
import { type OpenWorkbenchOptions, openWorkbench } from './workbench/openWorkbench.ts';
import type { Workbench } from './workbench/workbench.ts';

/** The product as a user has it: VS Code with the packaged extension, and a person's hands on it. */
export interface Product {
  host: RunningHost;
  /** Where the hub keeps its state. */
  home: string;
  /** Where the hub listens once the editor is open. */
  hubUrl: string;
  /** The home folder of the person, where agents' configs are looked for. */
  userHome: string;
  /** The folder that is open, with a file `release.md` in it. */
  folder: string;
  /** The file to which the practice agent writes its steps. */
  practiceLog: string;
  /** Opens a window. */
  open(options?: OpenWorkbenchOptions): Promise<Workbench>;
  dispose(): Promise<void>;
}

/** Installs what is missing, packs the extension and starts VS Code with it, and with these settings of the person. */
export async function startProduct({ log, settings = {} }: { log: Log; settings?: Record<string, unknown> }): Promise<Product> {
  const host = await ensureHost({ log });
  const base = mkdtempSync(join(tmpdir(), 'agentrq-product-'));
  const home = join(base, 'home');
  const folder = join(base, 'shop');
  const practiceLog = join(base, 'practice.jsonl');
  const userHome = join(base, 'person');
  mkdirSync(folder);
  mkdirSync(userHome);
  writeFileSync(join(folder, 'release.md'), '# Release\n\nWhat is new, line by line.\n');
  const port = await freePort();
  const vsix = await packageExtension();
  let browser: Browser | undefined;
  const running = await startHost({
    host,
    extensions: { vsix: [vsix] },
    settings: { 'agentrq.hub.port': port, ...settings },
    folder,
    env: { ...homeEnv(userHome), AGENTRQ_HOME: home, AGENTRQ_PRACTICE_LOG: practiceLog },
    log,
  });
  return {
    host: running,
    home,
    userHome,
    hubUrl: `http://127.0.0.1:${port}`,
    folder,
    practiceLog,
    async open(options) {
      browser ??= await launchBrowser(host);
      return openWorkbench(browser, running.url, options);
    },
    async dispose() {
      await browser?.close();
      await running.dispose();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** So that nothing in it looks for agents' configs where this machine's are. */
function homeEnv(userHome: string): Record<string, string> {
  const elsewhere = [
    'CLAUDE_CONFIG_DIR',
    'CODEX_HOME',
    'GEMINI_CLI_HOME',
    'COPILOT_HOME',
    'CLINE_DIR',
    'CLINE_DATA_DIR',
    'CLINE_MCP_SETTINGS_PATH',
    'XDG_CONFIG_HOME',
  ];
  return { HOME: userHome, USERPROFILE: userHome, ...Object.fromEntries(elsewhere.map((name) => [name, ''])) };
}

/** What the practice agent has written so far. */
export function readPracticeLog(file: string): { at: string; step: string; text: string }[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { at: string; step: string; text: string });
  } catch {
    return [];
  }
}
