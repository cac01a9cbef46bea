import { type AgentFamily } from './agentTools.ts';
import type { Output } from './keepsReading.ts';
import type { Shell } from './lexShell.ts';

/** A tool that runs a command line. */
export interface ShellTool {
  /** Who reads the line; `unread`: a language that isn't read here, so its lines are only compared. */
  shell: Shell | 'unread';
  /** On a terminal, programs start pagers. */
  output: Output;
}

/** Names are exact. What an unknown shell runs depends on the machine: zsh, fish, PowerShell, cmd. */
const shellTools = new Map<string, ShellTool>([
  ['Bash', { shell: 'bash', output: 'pipe' }],
  ['bash', { shell: 'bash', output: 'pipe' }],
  ['shell', { shell: 'unknown', output: 'pipe' }],
  ['shell_command', { shell: 'unknown', output: 'pipe' }],
  ['exec_command', { shell: 'unknown', output: 'pipe' }],
  ['local_shell', { shell: 'unknown', output: 'pipe' }],
  ['Shell', { shell: 'unknown', output: 'terminal' }],
  ['shell_execute', { shell: 'unknown', output: 'terminal' }],
  ['execute_command', { shell: 'unknown', output: 'terminal' }],
  ['run_shell_command', { shell: 'unknown', output: 'terminal' }],
  ['run_in_terminal', { shell: 'unknown', output: 'terminal' }],
  ['runInTerminal', { shell: 'unknown', output: 'terminal' }],
  ['PowerShell', { shell: 'unread', output: 'terminal' }],
  ['powershell', { shell: 'unread', output: 'terminal' }],
  ['pwsh', { shell: 'unread', output: 'terminal' }],
]);

export function findShellTool(tool: string, family?: AgentFamily): ShellTool | undefined {
  const found = shellTools.get(tool);
  // Copilot's sessions are terminals.
  return found !== undefined && family === 'copilot' ? { ...found, output: 'terminal' } : found;
}

/** Members that hold a command line, or a list of words. */
export const commandMembers: ReadonlySet<string> = new Set(['command', 'cmd', 'commandLine']);

/** Members that name the folder. */
const folderMembers = new Set(['cwd', 'workdir', 'working_dir', 'working_directory', 'workingDirectory', 'dir_path', 'directory']);

const words = (value: unknown): boolean => typeof value === 'string' && !/^\s*network-access\b/i.test(value);
const number = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
const yesOrNo = (value: unknown): boolean => typeof value === 'boolean' || value === 'true' || value === 'false';
const no = (value: unknown): boolean => value === false || value === 'false';
const never = (): boolean => false;

/** What may stand beside the command without changing what it may do. Any other member is asked, with any value. */
const harmless: Readonly<Record<string, (value: unknown) => boolean>> = {
  description: words,
  explanation: words,
  goal: words,
  timeout: number,
  timeout_ms: number,
  yield_time_ms: number,
  max_output_tokens: number,
  run_in_background: yesOrNo,
  is_background: yesOrNo,
  isBackground: yesOrNo,
  requires_approval: yesOrNo,
  login: yesOrNo,
  dangerouslyDisableSandbox: no,
  with_escalated_permissions: no,
  tty: no,
  sandbox_permissions: (value) => value === 'use_default',
};

/** Of what an agent's members mean, where that differs. Codex gives reasons when a command is to leave its sandbox or reach the network. */
const harmlessFor: Readonly<Partial<Record<AgentFamily, typeof harmless>>> = {
  codex: { description: never, justification: never, explanation: never, goal: never },
};

export function isFolderMember(name: string): boolean {
  return folderMembers.has(name);
}

/** Says that a member changes nothing in what a command may do. Null is a member that was left out. */
export function isHarmlessMember(name: string, value: unknown, family: AgentFamily | undefined): boolean {
  if (value === null) return true;
  const own = family === undefined ? undefined : harmlessFor[family]?.[name];
  return (own ?? harmless[name] ?? never)(value);
}
