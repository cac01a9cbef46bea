import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureHost } from '../host/ensureHost.ts';
import type { Log } from '../host/host.ts';
import type { Extent } from '../host/installServer.ts';
import { type RunningHost, startHost } from '../host/startHost.ts';
import { freePort } from './freePort.ts';
import { agentAddressOf, workspaceNamed } from './hubFiles.ts';
import { packageExtension } from './packageExtension.ts';
import type { Product } from './product.ts';
import { waitFor } from './waitFor.ts';
import { openProfile } from './workbench/browserProfile.ts';
import { launchBrowser } from './workbench/launchBrowser.ts';
import { openWorkbench } from './workbench/openWorkbench.ts';
import { startLimitMs, waitForExtension } from './workbench/waitForWorkbench.ts';

/** VS Code with the packaged extension, and a browser, for one product after the other. */
export interface Editor {
  /** Why nothing can begin on it any more; undefined while all of it runs. */
  readonly trouble: string | undefined;
  /** A user who has just installed the extension: no settings but these, no data, no windows. The one before has been disposed of. */
  begin(options: { settings: Record<string, unknown> }): Promise<Product>;
  dispose(): Promise<void>;
}

/** How it is started. */
export interface StartEditorOptions {
  readonly log: Log;
  /** Which of the editor's own extensions it has; without it all of them, as a user has. */
  readonly ownOnly?: readonly string[];
  /** Whether the packed extension is installed; it is unless this says no. */
  readonly isInstalled?: boolean;
  /** How much of VS Code's server is installed where it is missing; `whole` by default. */
  readonly extent?: Extent;
}

/** Installs what is missing, packs the extension and starts VS Code with it. */
export async function startEditor({ log, ownOnly, isInstalled = true, extent = 'whole' }: StartEditorOptions): Promise<Editor> {
  const [programs, vsix] = await Promise.all([ensureHost({ log, extent }), isInstalled ? packageExtension() : undefined]);
  const base = mkdtempSync(join(tmpdir(), 'agentrq-product-'));
  // Fixed for as long as VS Code runs, because they are in its environment. Each product finds them empty.
  const [home, userHome, practiceLog] = [join(base, 'home'), join(base, 'person'), join(base, 'practice.jsonl')];
  mkdirSync(userHome);
  const host = await startHost({
    host: programs,
    extensions: { vsix: vsix === undefined ? [] : [vsix], ...(ownOnly !== undefined && { ownOnly }) },
    settings: {},
    env: { ...homeEnv(userHome), AGENTRQ_HOME: home, AGENTRQ_PRACTICE_LOG: practiceLog },
    log,
  });
  const removeFiles = (): void => {
    for (const folder of [base, host.dataDir]) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once('exit', removeFiles);
  const browser = await launchBrowser(programs);
  const profile = await openProfile(browser);
  let products = 0;

  async function begin({ settings }: { settings: Record<string, unknown> }): Promise<Product> {
    for (const path of [home, userHome, practiceLog]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    mkdirSync(userHome);
    products += 1;
    const folder = join(base, String(products), 'shop');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'release.md'), '# Release\n\nWhat is new, line by line.\n');
    const port = await freePort();
    let current: Record<string, unknown> = { 'agentrq.hub.port': port, ...settings };
    await host.writeSettings(current);
    const hubUrl = `http://127.0.0.1:${port}`;
    const address = host.addressOf({ folder });
    const changeSettings = async (changes: Record<string, unknown>): Promise<void> => {
      current = { ...current, ...changes };
      await host.writeSettings(current);
    };
    return {
      address,
      home,
      hubUrl,
      userHome,
      folder,
      practiceLog,
      extensionFolder: () => extensionFolderIn(host),
      changeSettings,
      async open(options) {
        const window = await openWorkbench(profile.context, { address, changeSettings }, options);
        if (isInstalled) await waitForExtension(window.page);
        return window;
      },
      async agentAddress() {
        await waitFor('the hub to know the folder', () => workspaceNamed(home, basename(folder)) !== undefined, startLimitMs);
        return agentAddressOf({ home, hubUrl, workspaceId: workspaceNamed(home, basename(folder)) ?? '' });
      },
      stall: (during) => host.stallExtensionHosts(during),
      logLines: () => logsOf(host).flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n')),
      lastLines: () => lastLinesOf(host),
      async dispose() {
        await profile.clear(address);
        await host.endExtensionHosts();
        rmSync(join(base, String(products)), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      },
    };
  }

  return {
    get trouble() {
      return host.ended ?? (browser.isConnected() ? undefined : 'The browser has ended.');
    },
    begin,
    async dispose() {
      await browser.close();
      await host.dispose();
      removeFiles();
      process.off('exit', removeFiles);
    },
  };
}

function extensionFolderIn({ dataDir }: RunningHost): string {
  const extensions = join(dataDir, 'extensions');
  const name = readdirSync(extensions).find((each) => each.startsWith('agentrq.'));
  if (name === undefined) throw new Error(`the extension is not installed in ${extensions}`);
  return join(extensions, name);
}

function logsOf({ dataDir }: RunningHost): string[] {
  return globSync('user/logs/**/AgentRQ.log', { cwd: dataDir }).map((path) => join(dataDir, path));
}

function lastLinesOf(host: RunningHost, lines = 15): string {
  const [newest] = logsOf(host).toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return newest === undefined ? '(there is none)' : readFileSync(newest, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
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
