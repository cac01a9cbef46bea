import { join } from 'node:path';
import { ensureChromium } from './ensureChromium.ts';
import type { Host, Log } from './host.ts';
import { findChromium, hostFolder, serverFolderIn } from './host.ts';
import { installServer, isServerInstalled } from './installServer.ts';
import { withInstallLock } from './withInstallLock.ts';

const oldestNode = 22;

/** Installs what the web host lacks on this machine, and says where its programs are. Quick when all of it is there. */
export async function ensureHost({ log }: { log: Log }): Promise<Host> {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Error(
      `The web host needs Node ${oldestNode} or newer; this is ${process.versions.node}. ` +
        'Start it by `npm run` or `npm exec`, which put the right one first.',
    );
  }
  let chromium = findChromium();
  if (chromium === undefined || !(await isServerInstalled())) {
    chromium = await withInstallLock({ folder: hostFolder, what: 'the web host' }, log, async () => {
      const browser = await ensureChromium(log);
      // Asked again under the lock: the process we waited for may have installed it.
      if (!(await isServerInstalled())) await installServer(log);
      return browser;
    });
  }
  const serverMain = join(serverFolderIn(join(hostFolder, 'node_modules')), 'out', 'server-main.js');
  return { serverMain, node: process.execPath, chromium };
}
