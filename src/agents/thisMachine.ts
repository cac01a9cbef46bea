import { homedir } from 'node:os';
import { defaultHome } from '../home/ownHub.ts';
import { systemClock } from '../util/clock.ts';
import { systemDisk } from './config/disk.ts';
import { systemGit } from './config/git.ts';
import type { Machine } from './config/machine.ts';

/** The machine that we run on. @param home AgentRQ's folder, if it isn't the usual one */
export function thisMachine(home: string | undefined): Machine {
  return {
    platform: process.platform,
    env: process.env,
    userHome: homedir(),
    home: home ?? defaultHome(),
    disk: systemDisk,
    git: systemGit,
    clock: systemClock,
  };
}
