import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Machine, systemDisk, systemGit } from '../../src/agents/config/connectAgent.ts';
import { createFakeClock } from './fakeClock.ts';

/** A machine with a home folder of its own, for tests that write agents' configs. */
export interface AgentMachine extends Machine {
  /** The folder of a project. */
  project: string;
  /** Writes a file, with the folders that it needs, or removes it. */
  put(path: string, text: string | Buffer | undefined): void;
  /** What is in a file; `undefined` if it isn't there. */
  text(path: string): string | undefined;
  /** Everything below the home folder and the project, but for AgentRQ's own folder, by path. */
  everything(): Record<string, string>;
  dispose(): void;
}

/** Makes one in a temporary folder; the parts that are given stand in for its own. */
export function agentMachine(parts: Partial<Machine> = {}): AgentMachine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-agents-')));
  const userHome = join(root, 'home');
  const project = join(root, 'a project');
  mkdirSync(userHome);
  mkdirSync(project);
  return {
    platform: process.platform,
    env: {},
    userHome,
    home: join(userHome, '.agentrq'),
    disk: systemDisk,
    git: systemGit,
    clock: createFakeClock(),
    ...parts,
    project,
    put(path, text) {
      if (text === undefined) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    },
    text(path) {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    everything() {
      const found: Record<string, string> = {};
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (path.startsWith(join(userHome, '.agentrq'))) continue;
        found[path.slice(root.length)] = entry.isFile() ? readFileSync(path, 'utf8') : 'folder';
      }
      return found;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}
