import { join } from 'node:path';
import type { AgentId } from '../../../src/agents/config/connectAgent.ts';
import { agentsFolder } from '../ensureAgents.ts';
import type { ShellTool } from '../model/scriptedModel.ts';
import type { RowId } from '../rows/rowIds.ts';
import type { Stage } from '../stage.ts';

/** A command line. */
export interface CommandLine {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** One of the agents: how the real program is started with a scripted model, and what it can't do. */
export interface AgentProgram {
  id: AgentId;
  /** For the command line. */
  short: string;
  /** Its row in the README. */
  name: string;
  packageName: string;
  /** Writes what a user of it has before Connect: its model, and whatever its first start asks. */
  prepare(stage: Stage): void;
  /** Gives it one thing to do, without a terminal; it ends when that is done. */
  start(stage: Stage, prompt: string): CommandLine;
  /** How its model runs a command that needs leave. */
  shell: ShellTool;
  /** Rows that are not played, each with its reason as a sentence. */
  cannot: { readonly [K in RowId]?: string };
}

/** The program of an installed package. */
export function program(...path: string[]): string {
  return join(agentsFolder, 'node_modules', ...path);
}
