import type { Shell } from './lexShell.ts';
import { type Command, readCommandLine } from './shellCommand.ts';
import { live } from './word.ts';

/** What an agent wants to do: the tool's name, and its whole input as text: JSON as the agent sent it, or a raw command. */
export interface ToolUse {
  tool: string;
  input: string;
  /** The folder in which it would happen, as the agent says it. Absent: it says none. */
  folder?: string | undefined;
  /** The path of the workspace's folder. Absent: it has none on this machine. */
  workspaceFolder?: string | undefined;
  /** The agent's name, from `clientInfo` of MCP. */
  agent?: string | undefined;
}

/** The tools that run a command line, and who reads it. Names are exact. */
const shellTools = new Map<string, Shell>([
  ['Bash', 'bash'],
  ['bash', 'bash'],
  // What these run depends on the machine: zsh, fish, PowerShell, cmd.
  ['shell', 'unknown'],
  ['Shell', 'unknown'],
  ['shell_execute', 'unknown'],
  ['execute_command', 'unknown'],
  ['exec_command', 'unknown'],
  ['local_shell', 'unknown'],
  ['run_shell_command', 'unknown'],
  ['run_in_terminal', 'unknown'],
  ['runInTerminal', 'unknown'],
]);

export function isShellTool(tool: string): boolean {
  return shellTools.has(tool);
}

/** Says that the tool runs commands in a language that isn't read here, so there is nothing between all of them and none. */
export function isUnreadShellTool(tool: string): boolean {
  return ['PowerShell', 'powershell', 'pwsh'].includes(tool);
}

/** The same of one use: also of a tool that isn't known to be a shell, and takes a command. */
export function isUnreadShellUse({ tool, input }: ToolUse): boolean {
  if (isUnreadShellTool(tool)) return true;
  const members = tool.startsWith('mcp_') || isShellTool(tool) ? undefined : parseJson(input);
  return typeof members === 'object' && members !== null && Object.keys(members).some(isCommandMember);
}

/** The commands that the use of a shell tool runs; `undefined` if that can't be said for certain. */
export function readCommands(use: ToolUse): readonly Command[] | undefined {
  const shell = shellTools.get(use.tool);
  if (shell === undefined) return undefined;
  const command = findCommand(use.input);
  if (typeof command === 'string') return readCommandLine(command, shell);
  if (!Array.isArray(command)) return undefined;
  const words: unknown[] = command;
  if (words.length === 0 || !words.every(isArgument)) return undefined;
  const [program = '', option = '', script = ''] = words;
  const isScript = words.length === 3 && /^(?:(?:\/usr)?\/bin\/)?(?:ba|z)?sh$/.test(program) && /^-l?c$/.test(option);
  return isScript ? readCommandLine(script, 'bash') : [words];
}

/** The one member that holds the command, if the input is an object, or the input itself, if it isn't JSON. */
function findCommand(input: string): unknown {
  const parsed = parseJson(input);
  // What begins like JSON and isn't may be JSON that was cut off: it doesn't show the whole command.
  if (parsed === undefined) return /^\s*["[{]/.test(input) ? undefined : input;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const members = Object.entries(parsed);
  // Leave to run outside of a sandbox, or with other variables, is more than leave to run a command.
  if (members.some(([name, value]) => !isCommandMember(name) && !harmlessMembers.has(name) && value !== false && value !== null))
    return undefined;
  const commands = members.filter(([name]) => isCommandMember(name));
  return commands.length === 1 ? commands[0]?.[1] : undefined;
}

function isCommandMember(name: string): boolean {
  return ['command', 'cmd', 'commandLine'].includes(name);
}

/** What may stand beside the command without changing what it may do: words for people, where, how long, and whether it is waited for. */
const harmlessMembers: ReadonlySet<string> = new Set([
  'description',
  'explanation',
  'goal',
  'justification',
  'cwd',
  'workdir',
  'working_dir',
  'dir_path',
  'directory',
  'timeout',
  'timeout_ms',
  'run_in_background',
  'is_background',
  'isBackground',
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isArgument(word: unknown): word is string {
  return typeof word === 'string' && word.isWellFormed() && !word.includes(live);
}
