import { posix, win32 } from 'node:path';
import { pathToFileURL } from 'node:url';
import { translatable } from '../../util/sentence.ts';
import type { AgentId } from './agentIds.ts';
import { ConfigError } from './configError.ts';
import type { Entry, Value } from './entry.ts';
import type { Machine } from './machine.ts';
import { hasServers, type Reach } from './serverEntry.ts';

/** The agents that can be woken when the user has said something. */
const wakeable: ReadonlySet<AgentId> = new Set(['claudeCode', 'codex', 'opencode']);

/**
 * Whether an agent that reaches the hub in this way can be woken. Of opencode, only the bridge tells which calls are those of which
 * session.
 */
export function mayBeWoken(agent: AgentId, transport: Reach['transport']): boolean {
  return wakeable.has(agent) && (agent !== 'opencode' || transport === 'bridge');
}

/**
 * What lets opencode be woken: its plugin of ours, by its address in the hub's own home folder, where no agent writes.
 * @param present what its config says already
 * @throws ConfigError `unknown` for a config of its second version, whose plugins are others
 */
export function pluginEntries({ home, platform }: Pick<Machine, 'home' | 'platform'>, workspaceId: string, present?: Value): Entry[] {
  if (hasServers(present)) {
    throw new ConfigError(
      'unknown',
      translatable('This config is one of opencode’s second version, which AgentRQ can’t wake yet. Connect it without waking.'),
    );
  }
  const { join } = platform === 'win32' ? win32 : posix;
  const { href } = pathToFileURL(join(home, 'bin', 'opencode.mjs'), { windows: platform === 'win32' });
  // Of two entries with one address opencode takes the last, and it does not tell a plugin its address.
  return [{ path: ['plugin'], value: [`${href}?workspace=${workspaceId}`, { workspace: workspaceId }], kind: 'element' }];
}

/**
 * What lets the hub start the program that wakes Codex. It stands in the hub's own home folder, where no agent writes.
 * @throws ConfigError `unknown` without an absolute path
 */
export function wakeEntries(workspaceId: string, program: string | undefined, platform: NodeJS.Platform): Entry[] {
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  if (program === undefined || !isAbsolute(program)) {
    throw new ConfigError(
      'unknown',
      translatable(
        'Codex is woken by its own program, and that is not on the PATH of this window. Connect it without waking, or install it.',
      ),
    );
  }
  return [{ path: [workspaceId, 'codex'], value: { program }, kind: 'member' }];
}
