import type { Clock } from '../../util/clock.ts';
import type { Disk } from './disk.ts';
import type { Git } from './git.ts';

/** Where agents' config files are looked for and written. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  userHome: string;
  /** AgentRQ's own home folder: the scripts, the record of what was written, and backups are in it. */
  home: string;
  disk: Disk;
  git: Git;
  clock: Clock;
}
