import { join } from 'node:path';
import { quietFolder, stopsFolder } from '../../protocol/names.ts';
import { translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import type { Machine } from './machine.ts';

/** How the agents name themselves to the hook script. */
export type HookDialect = 'claude-code' | 'codex' | 'gemini' | 'copilot' | 'cursor';

type Scripts = Pick<Machine, 'home' | 'userHome' | 'platform'>;

/** The arguments for Node that start the bridge of a workspace. `waitSeconds`: how long the agent lets a call wait, if that was raised. */
export function bridgeArguments(scripts: Scripts, workspaceId: string, waitSeconds?: number): string[] {
  const wait = waitSeconds === undefined ? [] : ['--wait-seconds', String(waitSeconds)];
  return [scriptPath(scripts, 'bridge.cjs'), '--workspace', workspaceId, ...homeArguments(scripts), ...wait];
}

/** One line for whatever shell the agent uses on this platform. @throws ConfigError `unknown` if the home folder can't be written there */
export function hookCommand(
  scripts: Scripts,
  dialect: HookDialect,
  workspaceId: string,
  flags: readonly ('--later' | '--wait')[] = [],
): string {
  const script = scriptPath(scripts, 'hook.cjs');
  const words = ['node', script, '--agent', dialect, '--workspace', workspaceId, ...homeArguments(scripts), ...flags];
  // A Node that is told to load what is gone would fail before our script can be silent. The shells of Windows have no common word for it.
  const guard = scripts.platform === 'win32' ? '' : 'NODE_OPTIONS= ';
  return guard + words.map((word) => quote(word, scripts.platform)).join(' ');
}

/**
 * The same before each tool: a process of ours is started only while a stop stands in the workspace, because it would take longer than most
 * tools. What the agent says is read to its end in any case. `undefined` on Windows, whose shells have no common word for it.
 */
export function stopCommand(scripts: Scripts, dialect: HookDialect, workspaceId: string): string | undefined {
  const flag = flagPath(scripts, stopsFolder, workspaceId);
  return flag && inShell(scripts, `if [ -e ${flag} ]; then ${hookCommand(scripts, dialect, workspaceId)}; else ${readAll}; fi`);
}

/**
 * The same for what the agent doesn't wait for and only tells that something was settled: a process of ours is started unless nothing waits
 * for that. `undefined` as above.
 */
export function settledCommand(scripts: Scripts, dialect: HookDialect, workspaceId: string): string | undefined {
  const flag = flagPath(scripts, quietFolder, workspaceId);
  return (
    flag && inShell(scripts, `if [ -e ${flag} ]; then ${readAll}; else ${hookCommand(scripts, dialect, workspaceId, ['--later'])}; fi`)
  );
}

const readAll = 'cat >/dev/null';

/** The file of a workspace in a folder of the hub's home, for a line of sh. */
function flagPath({ home, platform }: Scripts, folder: string, workspaceId: string): string | undefined {
  return platform === 'win32' ? undefined : quote(plainPath(join(home, folder, workspaceId), platform), platform);
}

function inShell({ platform }: Scripts, line: string): string {
  return `sh -c ${quote(line, platform)}`;
}

function scriptPath({ home, platform }: Scripts, name: string): string {
  return plainPath(join(home, 'bin', name), platform);
}

function homeArguments({ home, userHome, platform }: Scripts): string[] {
  return home === join(userHome, '.agentrq') ? [] : ['--home', plainPath(home, platform)];
}

// Agents replace `$NAME`, `${NAME}`, `{env:NAME}` and the like in their configs before any shell sees them.
const misread = /[$`"{}\p{Cc}]/u;

/** A path as every agent and shell takes it: Windows understands slashes too, and no shell misreads them. */
function plainPath(path: string, platform: NodeJS.Platform): string {
  const plain = platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (misread.test(plain) || (platform === 'win32' ? plain.includes('%') : plain.includes('\\'))) {
    throw new ConfigError(
      'unknown',
      translatable(
        'AgentRQ’s folder {0} has a character that agents’ configs can’t carry. Choose another one in the setting agentrq.hub.home, then try again.',
        path,
      ),
    );
  }
  return plain;
}

/** Double quotes mean the same in cmd, PowerShell and Git Bash; single quotes in every shell of the other systems. */
function quote(word: string, platform: NodeJS.Platform): string {
  if (/^[A-Za-z0-9_./:@+-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
