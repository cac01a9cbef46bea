import { execFile } from 'node:child_process';
import { promises } from 'node:fs';
import { promisify } from 'node:util';

/** A process of this machine. */
export interface RunningProcess {
  pid: number;
  parent: number;
  /** Its program and arguments, on one line. */
  line: string;
  /** The folder that it works in, where the system says. */
  folder?: string | undefined;
}

const run = promisify(execFile);

/** The processes of this machine, where `ps` tells them; none on Windows. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await run('ps', ['-Ao', 'pid=,ppid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  const found = stdout.split('\n').flatMap((text) => {
    const [, pid, parent, line = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(text) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), line }];
  });
  return await Promise.all(found.map(async (each) => ({ ...each, folder: await folderOf(each.pid) })));
}

async function folderOf(pid: number): Promise<string | undefined> {
  // Others than Linux have no such file.
  return promises.readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}
