import { join } from 'node:path';
import type { AgentId } from '../../../src/agents/config/connectAgent.ts';
import { modulesOf } from '../ensureAgent.ts';
import type { ScriptedMove } from '../model/script.ts';
import type { OwnTools } from '../model/scriptedModel.ts';
import type { RowId } from '../rows/rowIds.ts';
import type { Stage } from '../stage.ts';

/** A command line. */
export interface CommandLine {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Something on the screen of a program that waits for a key. */
export interface Dialog {
  shows: RegExp;
  keys: readonly string[];
  /** It asks for permission to use a tool of the hub. */
  isForOwnTool?: true;
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
  /** Rows that need a terminal, and how it is started there. It is ended when its model has nothing left to do. */
  inTerminal?: {
    rows: readonly RowId[];
    start(stage: Stage, prompt: string, row: RowId): CommandLine;
    /** What it asks, each once, and the keys that a user presses then. */
    dialogs: readonly Dialog[];
  };
  /** Without a terminal it refuses by itself whatever it would ask for, and ends. */
  rejectsWhatItAsks?: true;
  /** Nothing of it asks the hub before a tool, so the user stops it in words alone. */
  refusesNoTool?: true;
  /** Rows in which it is connected so that it may be woken, because it reports only then, and over the bridge alone. */
  reportsIfWoken?: readonly RowId[];
  /** How its model runs a command that needs permission, and more. */
  own: OwnTools;
  /** How its model asks the user with a tool of the agent's own, which no hook can answer. */
  asks?: {
    call: ScriptedMove;
    /** What is on the screen then; Enter takes its first choice. */
    dialog: RegExp;
    /** What the model is told of that. */
    told: RegExp;
    /** It has the tool in another mode only: what is on the screen until it is there, and the key that leads on. */
    mode?: { notYet: RegExp; key: string };
  };
  /** Rows that are not played, each with its reason as a sentence. */
  cannot: { readonly [K in RowId]?: string };
}

/** A file among the packages of an installed agent. */
export function program(packageName: string, ...path: string[]): string {
  return join(modulesOf(packageName), ...path);
}

const ownDialog = 'AgentRQ takes over none of its own dialogs.';

/** The rows that only an agent can play whose dialogs the hub may answer. */
export const noDialogs = { 'own question': ownDialog, plan: ownDialog, 'settled there': ownDialog } as const;

const noTask = 'It follows none of MCP’s tasks, so an answer does not wake it.';

/** The row that only an agent can play whose calls go on as tasks. */
export const noTasks = { woken: noTask } as const;
