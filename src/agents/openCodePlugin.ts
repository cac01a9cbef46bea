import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOpenCodeHooks, type OpenCodeClient, type OpenCodeHooks, type StartHook } from './openCodeTurns.ts';

// What opencode loads, from its copy in the home folder; its config says for which workspace. opencode calls each function that a plugin
// exports, so there is this one.

/** No more of what a hook says is kept. Characters. */
const mostSaid = 10_000;

/** The plugin. `directory`: the folder that this opencode works in. */
export async function agentRq(input: PluginInput, options?: { workspace?: unknown }): Promise<Partial<OpenCodeHooks>> {
  const { client, directory } = input;
  const workspaceId = options?.workspace;
  if (typeof workspaceId !== 'string') return {};
  const bin = dirname(fileURLToPath(import.meta.url));
  const args = ['--agent', 'opencode', '--workspace', workspaceId, '--home', dirname(bin)];
  const start = createStart(join(bin, 'hook.cjs'), args);
  const deps = { client, workspaceId, folder: directory, processId: process.pid, args: commandLine(), start };
  return createOpenCodeHooks({ ...deps, getReady: () => getReady(input) });
}

/** What opencode gives to a plugin. Its requests are GETs; `agents`: of another address than its own as well. */
type PluginInput = {
  client: OpenCodeClient & {
    app?: { agents(options: { url: string }): Promise<{ data?: unknown }> };
    find?: { files(options: { query: { query: string; limit: number } }): Promise<{ data?: unknown }> };
  };
  directory: string;
  experimental_workspace?: unknown;
};

/**
 * The first prompt of a process lets opencode start what it needs for its folder, in two places, which took it a minute where the machine was
 * busy. To tell its agents needs the one, to look for a file the other, and nothing else is done by that. An opencode without workspaces has
 * no such address.
 */
async function getReady({ client, ...input }: PluginInput): Promise<boolean> {
  if (!('experimental_workspace' in input)) return false;
  try {
    const agents = await client.app?.agents({ url: '/api/agent' });
    const files = await client.find?.files({ query: { query: 'x', limit: 1 } });
    return (agents?.data as { location?: unknown } | undefined)?.location !== undefined && Array.isArray(files?.data);
  } catch {
    return false;
  }
}

/** What opencode was started with. In a terminal it runs plugins in a thread that isn't told. */
function commandLine(): string[] {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/self/cmdline', 'utf8').split('\0').slice(1);
    if (process.platform === 'darwin') {
      const line = execFileSync('/bin/ps', ['-ww', '-o', 'args=', '-p', String(process.pid)], { encoding: 'utf8', timeout: 5_000 });
      return line.trim().split(/\s+/).slice(1);
    }
  } catch {
    // Nobody says.
  }
  return process.argv.slice(2);
}

function createStart(script: string, args: readonly string[]): StartHook {
  return (event, flag) => {
    const isHeld = flag === '--wait';
    const flags = flag === undefined ? [] : isHeld ? [flag, '--held'] : [flag];
    const child = spawn('node', [script, ...args, ...flags], {
      // Nothing is looked up in a folder where agents write.
      cwd: dirname(script),
      stdio: ['pipe', 'ignore', 'pipe'],
      // What ends with the terminal is its group.
      detached: flag === '--outlive' && process.platform !== 'win32',
      shell: false,
      windowsHide: true,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors = `${errors}${chunk.toString()}`.slice(0, mostSaid)));
    // It may have ended before it has read anything.
    child.stdin.on('error', () => {});
    // The system ends it with opencode, however that ends: the hook that waits knows at once.
    child.stdin.write(`${JSON.stringify(event)}\n`);
    if (!isHeld) child.stdin.end();
    const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
      child.once('error', () => resolve({ code: null, errors: '' }));
      child.once('close', (code) => resolve({ code, errors }));
    });
    return { ended, end: () => void child.kill() };
  };
}
