import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type HubProcess, startHubProcess } from './hubProcess.ts';

/** A hub that soon has no room left for what it writes. */
export interface CrampedHub {
  hub: HubProcess;
  /** There is room again. It may be another process from then on. */
  makeRoom(): Promise<HubProcess>;
}

/** How to have a hub run out of room. */
export interface SmallDisk {
  name: string;
  start(home: string): Promise<CrampedHub>;
}

/** The system lets the hub write no file beyond 2 MiB, and says so to it as a failing disk would. Any user may do this. */
const smallFiles: SmallDisk = {
  name: 'its files may grow no further',
  async start(home) {
    // In blocks of 512 bytes.
    const hub = await startHubProcess({ home, within: 'ulimit -f 4096; exec "$@"' });
    return {
      hub,
      async makeRoom() {
        await hub.stop('SIGKILL');
        return await startHubProcess({ home, port: Number(new URL(hub.url).port) });
      },
    };
  },
};

/** The home folder is a file system of 6 MiB of its own, half full, which only the hub sees. */
const smallFileSystem: SmallDisk = {
  name: 'its disk is full',
  async start(home) {
    const hub = await startHubProcess({ home, within: `exec unshare -m sh -c '${mount(home)}; exec "$@"' sh "$@"` });
    return {
      hub,
      async makeRoom() {
        rmSync(join('/proc', String(hub.pid), 'root', home, 'filler'));
        return hub;
      },
    };
  },
};

function mount(home: string): string {
  return `mount -t tmpfs -o size=6m,mode=700 none ${home} && head -c 3145728 /dev/zero > ${home}/filler && chmod 600 ${home}/filler`;
}

/** Those that this machine and user allow: the first one always. */
export function smallDisks(scratch: string): readonly SmallDisk[] {
  const place = join(scratch, 'mounted');
  mkdirSync(place);
  const { status } = spawnSync('sh', ['-c', `unshare -m sh -c '${mount(place)}'`]);
  return status === 0 ? [smallFiles, smallFileSystem] : [smallFiles];
}
