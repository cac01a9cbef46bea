import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { parseObject } from '../../util/parseObject.ts';
import { familyOf, isNeverARule } from './agentTools.ts';
import { findFileTool } from './fileTools.ts';
import type { Output } from './keepsReading.ts';
import { workspacePath } from './pathRule.ts';
import { placeIn, type RunFolder, type World } from './place/place.ts';
import { type JoinedCommand, readLine } from './shellCommand.ts';
import { commandMembers, findShellTool, isFolderMember, isHarmlessMember, type ShellTool } from './shellTools.ts';
import { live } from './word.ts';

/** What an agent wants to do. */
export interface ToolUse {
  tool: string;
  /** Its whole input as text: JSON as the agent sent it, or a raw command. */
  input: string;
  /** The agent's reason, if it came beside the input. */
  description?: string | undefined;
  /** Where it would happen, and the folder of the workspace; absolute paths. */
  folder?: string | undefined;
  workspaceFolder?: string | undefined;
  /** The agent's name in its `clientInfo`. */
  agent?: string | undefined;
}

/** A use as rules see it. */
export type ReadUse =
  /** No rule counts: it asks for more than to use the tool, is outside of the workspace, or can't be read. */
  | { kind: 'asked' }
  | {
      kind: 'shell';
      shell: ShellTool['shell'];
      output: Output;
      /** As it was sent: a line, or a list of words. */
      command: unknown;
      /** What it runs; `undefined` if its words don't say that. */
      line: readonly JoinedCommand[] | undefined;
      /** `undefined`: it isn't known where it runs. */
      place: RunFolder | undefined;
    }
  /** Paths in the workspace; `undefined` if one of them is elsewhere, or no rule may be about it. */
  | { kind: 'files'; paths: readonly string[] | undefined }
  /** `isShellLike`: it takes a command and is no shell that is known. */
  | { kind: 'other'; isShellLike: boolean };

export function readUse(use: ToolUse, world: World): ReadUse {
  const { tool, input } = use;
  const family = familyOf(use.agent);
  if (isNeverARule(tool) || (use.description !== undefined && !isHarmlessMember('description', use.description, family)))
    return { kind: 'asked' };
  const shell = findShellTool(tool, family);
  if (shell !== undefined) return readShellUse(use, shell, world);
  const members = parseObject(input);
  const file = findFileTool(tool);
  if (file !== undefined) {
    const place = placeOf(use, {}, world);
    const files = members === undefined || place === 'outside' ? undefined : file.files(members);
    const paths = place === undefined || place === 'outside' ? undefined : files?.map((path) => workspacePath(path, place, file.writes));
    return { kind: 'files', paths: paths?.every((path) => path !== undefined) ? paths : undefined };
  }
  if (asksForMore(members)) return { kind: 'asked' };
  return {
    kind: 'other',
    isShellLike: Object.keys(members ?? {}).some((name) => /^(?:command|cmd|commandline|script|code|shell)s?$/i.test(name)),
  };
}

function readShellUse(use: ToolUse, shell: ShellTool, world: World): ReadUse {
  const found = findCommand(use);
  if (found === undefined) return { kind: 'asked' };
  const place = placeOf(use, found.members, world);
  if (place === 'outside') return { kind: 'asked' };
  return { kind: 'shell', ...shell, command: found.command, line: lineOf(found.command, shell.shell), place };
}

/** The one member that holds the command, if the input is an object, or the input itself, if it isn't JSON. */
function findCommand({ input, agent }: ToolUse): { command: unknown; members: Readonly<Record<string, unknown>> } | undefined {
  const members = parseObject(input);
  // What begins like JSON and isn't may be JSON that was cut off: it doesn't show the whole command.
  if (members === undefined) return isJson(input) || /^\s*["[{]/.test(input) ? undefined : { command: input, members: {} };
  const entries = Object.entries(members);
  const commands = entries.filter(([name]) => commandMembers.has(name));
  const others = entries.filter(([name]) => !commandMembers.has(name) && !isFolderMember(name));
  // Permission to run outside of a sandbox, or with other variables, is more than permission to run a command.
  if (commands.length !== 1 || !others.every(([name, value]) => isHarmlessMember(name, value, familyOf(agent)))) return undefined;
  return { command: commands[0]?.[1], members };
}

/** Where it runs: the folder that the input names, or that of the agent. Without a workspace, a folder in the input can't be judged. */
function placeOf(use: ToolUse, members: Readonly<Record<string, unknown>>, world: World): RunFolder | 'outside' | undefined {
  const { workspaceFolder } = use;
  const folder = use.folder !== undefined && isAbsolute(use.folder) ? use.folder : undefined;
  const named = Object.entries(members).filter(([name, value]) => isFolderMember(name) && value !== null && value !== '');
  if (named.length > 1) return 'outside';
  const path = named[0]?.[1];
  if (path !== undefined && (typeof path !== 'string' || path.startsWith('~'))) return 'outside';
  if (workspaceFolder === undefined) return path === undefined ? undefined : 'outside';
  const start = folder === undefined ? undefined : placeIn(workspaceFolder, folder, world);
  if (path === undefined) return folder === undefined ? undefined : (start ?? 'outside');
  // A folder in the workspace that begins elsewhere is known all the same.
  const base = start?.logical ?? (path.startsWith('/') ? '/' : undefined);
  return base === undefined ? 'outside' : (placeIn(workspaceFolder, path.startsWith('/') ? path : `${base}/${path}`, world) ?? 'outside');
}

function lineOf(command: unknown, shell: ShellTool['shell']): readonly JoinedCommand[] | undefined {
  if (shell === 'unread') return undefined;
  if (typeof command === 'string') return readLine(command, shell);
  if (!Array.isArray(command)) return undefined;
  const words: unknown[] = command;
  if (words.length === 0 || !words.every(isArgument)) return undefined;
  const [program = '', option = '', script = ''] = words;
  const isScript = words.length === 3 && /^(?:(?:\/usr)?\/bin\/)?(?:ba|z)?sh$/.test(program) && /^-l?c$/.test(option);
  return isScript ? readLine(script, 'bash') : [{ joint: '', words }];
}

/** Members of tools that aren't known: what sounds like another sandbox, other rights or another environment is never left to a rule. */
function asksForMore(members: Readonly<Record<string, unknown>> = {}): boolean {
  const entries = Object.entries(members);
  return entries.some(([name, value]) => {
    const isSmall = value === null || value === false;
    return (
      (!isSmall && /sandbox|escalat|elevat|permission|danger|privileg|sudo|network|^env|environment/i.test(name)) ||
      isReasonForNetwork(value)
    );
  });
}

function isReasonForNetwork(value: unknown): boolean {
  return typeof value === 'string' && /^\s*network-access\b/i.test(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isArgument(word: unknown): word is string {
  return typeof word === 'string' && word.isWellFormed() && !word.includes(live);
}

/** This machine, and the login that the hub runs in. */
export function thisWorld(): World {
  return { platform: process.platform, env: process.env, home: homedir() };
}
