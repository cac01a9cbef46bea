import { posix, win32 } from 'node:path';
import { translatable } from '../../util/sentence.ts';
import type { AgentId } from './agentIds.ts';
import { ConfigError } from './configError.ts';
import type { Entry } from './entry.ts';

/** The agents that can be woken when the user has said something. */
export const wakeable: ReadonlySet<AgentId> = new Set(['claudeCode', 'codex']);

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
