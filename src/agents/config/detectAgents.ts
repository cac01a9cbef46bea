import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type AgentId, agentIds } from './agentIds.ts';
import type { Machine } from './machine.ts';
import { configFolder } from './places.ts';

/** What an agent was found by. */
export interface DetectedAgent {
  agent: AgentId;
  /** Its config folder, if that is there. */
  folder?: string;
  /** The path of its program, if that is on the PATH. */
  program?: string;
}

/** What is needed to look for agents. */
export interface Detection extends Pick<Machine, 'platform' | 'env' | 'userHome'> {
  /** Whether there is a folder. */
  exists(folder: string): Promise<boolean>;
  /** The path of a program. */
  which(program: string): Promise<string | undefined>;
}

const programs: { readonly [K in AgentId]: string } = {
  claudeCode: 'claude',
  codex: 'codex',
  geminiCli: 'gemini',
  vscode: 'code',
  copilotCli: 'copilot',
  agentHost: 'code',
  cursor: 'cursor',
  cline: 'cline',
  opencode: 'opencode',
};

/** The agents of this machine: those whose config folder is there, or whose program is found. */
export async function detectAgents(detection: Detection): Promise<DetectedAgent[]> {
  const looked = await Promise.all(
    agentIds.map(async (agent): Promise<DetectedAgent> => {
      const folder = configFolder(agent, detection);
      const program = await detection.which(programs[agent]);
      return { agent, ...((await detection.exists(folder)) && { folder }), ...(program !== undefined && { program }) };
    }),
  );
  return looked.filter(({ folder, program }) => folder !== undefined || program !== undefined);
}

/** Looks on the machine's disk, and on the PATH of `env`. */
export function systemDetection({ platform, env, userHome }: Pick<Machine, 'platform' | 'env' | 'userHome'>): Detection {
  const endings = platform === 'win32' ? (env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  return {
    platform,
    env,
    userHome,
    exists: (folder) => isFolder(folder),
    async which(program) {
      for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
        if (folder === '') continue;
        for (const ending of endings) {
          const path = join(folder, program + ending);
          if (await isProgram(path)) return path;
        }
      }
      return undefined;
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
