import { spawn } from 'node:child_process';
import { constants, promises } from 'node:fs';
import { isAbsolute } from 'node:path';
import { isInFolder } from '../../util/paths.ts';
import type { Folders } from '../service/folders.ts';

/** How long the program may take. Milliseconds. */
const queueMs = 20_000;

/** All that the program gets of the environment: where its own files are, and what it is started with. */
const passedOn = [
  'HOME',
  'USER',
  'USERPROFILE',
  'CODEX_HOME',
  'PATH',
  'Path',
  'LANG',
  'TMPDIR',
  'TEMP',
  'SystemRoot',
  'APPDATA',
  'LOCALAPPDATA',
];

const threadPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isThreadId(id: string): boolean {
  return threadPattern.test(id);
}

/** What starts a program: `spawn` of `node:child_process`. */
export type Spawn = typeof spawn;

/** Puts a sentence into the queue of a thread of Codex, which begins a turn with it. Resolves with whether Codex has taken it. */
export type QueueMessage = (call: { program: string; threadId: string; message: string }) => Promise<boolean>;

/**
 * @param deps.workspaceFolders where agents write: no program in there is started
 * @param deps.cwd where it is started: none of those
 */
export function createCodexQueue(deps: {
  env: NodeJS.ProcessEnv;
  cwd: string;
  folders: Folders;
  workspaceFolders: () => readonly string[];
  spawn?: Spawn;
}): QueueMessage {
  const { cwd, folders, workspaceFolders, spawn: start = spawn } = deps;
  const env = Object.fromEntries(passedOn.flatMap((name) => (deps.env[name] === undefined ? [] : [[name, deps.env[name]]])));

  async function mayStart(program: string): Promise<boolean> {
    if (!isAbsolute(program)) return false;
    const [real, ...own] = await Promise.all([program, ...workspaceFolders()].map(folders.realPath));
    const paths = [program, real ?? program];
    if ([...own, ...workspaceFolders()].some((folder) => paths.some((path) => isInFolder(folder, path, folders.platform)))) return false;
    try {
      await promises.access(program, constants.X_OK);
      return (await promises.stat(program)).isFile();
    } catch {
      return false;
    }
  }

  return async ({ program, threadId, message }) => {
    if (!isThreadId(threadId) || !(await mayStart(program))) return false;
    return await new Promise<boolean>((resolve) => {
      const child = start(program, ['queue', '--thread', threadId, '--message', message], {
        cwd,
        env,
        stdio: 'ignore',
        shell: false,
        timeout: queueMs,
        windowsHide: true,
      });
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    });
  };
}
