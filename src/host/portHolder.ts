import { readdir, readFile, readlink } from 'node:fs/promises';

/** A program that listens on a port. */
export interface PortHolder {
  /** The name of the program, as the system has it. It may be anything. */
  program: string;
  pid: number;
}

const listening = '0A';

/**
 * Who listens on this port of the machine. `undefined` where that can't be seen without running another program: on other systems than
 * Linux, and for a program of another user.
 */
export async function portHolder(port: number): Promise<PortHolder | undefined> {
  if (process.platform !== 'linux') return undefined;
  const sockets = new Set([...(await socketsOf('/proc/net/tcp', port)), ...(await socketsOf('/proc/net/tcp6', port))]);
  if (sockets.size === 0) return undefined;
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await holds(name, sockets))) {
      return { program: (await readFile(`/proc/${name}/comm`, 'utf8')).trim(), pid: Number(name) };
    }
  }
  return undefined;
}

/** The links of the sockets that listen on the port, as the files of a process show them. */
async function socketsOf(table: string, port: number): Promise<string[]> {
  const text = await readFile(table, 'utf8').catch(() => '');
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(wanted) && state === listening ? [`socket:[${inode}]`] : [];
  });
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // A process of another user, or one that has just ended, shows nothing.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const file of files) if (sockets.has(await readlink(`/proc/${pid}/fd/${file}`).catch(() => ''))) return true;
  return false;
}
