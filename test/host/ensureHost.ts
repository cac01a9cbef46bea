import { join } from 'node:path';
import { ensureChromium } from './ensureChromium.ts';
import type { Host, Log } from './host.ts';
import { findChromium, nodeIn, serverFolderIn } from './host.ts';
import { type Extent, installServer, isServerInstalled } from './installServer.ts';
import { chosenServer } from './servers.ts';
import { withInstallLock } from './withInstallLock.ts';

const oldestNode = 22;

/**
 * Installs what the web host that was chosen lacks on this machine, and says where its programs are. Quick when all of it is there.
 * @param options.extent how much of VS Code's server is wanted; `whole` by default
 */
export async function ensureHost({ log, extent = 'whole' }: { log: Log; extent?: Extent }): Promise<Host> {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Error(
      `The web host needs Node ${oldestNode} or newer; this is ${process.versions.node}. ` +
        'Start it by `npm run` or `npm exec`, which put the right one first.',
    );
  }
  const server = chosenServer();
  let chromium = findChromium();
  if (chromium === undefined || !(await isServerInstalled(server, extent))) {
    chromium = await withInstallLock(server, log, async () => {
      const browser = await ensureChromium(log);
      // Asked again under the lock: the process we waited for may have installed it.
      if (!(await isServerInstalled(server, extent))) await installServer(server, extent, log);
      return browser;
    });
  }
  const modules = join(server.folder, 'node_modules');
  return { serverMain: join(serverFolderIn(modules), 'out', 'server-main.js'), node: nodeIn(modules, server), chromium };
}
