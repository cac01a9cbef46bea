import type { RunningProcess } from '../../agents/runningProcesses.ts';
import { isInFolder, isRooted, pathOfFolder } from '../../util/paths.ts';
import type { AgentProgram } from './api.ts';

/** A terminal of this window. */
export interface OpenTerminal {
  /** The process id of its shell. */
  pid: number;
  show(): void;
}

/** Patterns of the program by pattern of the name in `clientInfo`. */
const programs: readonly (readonly [name: RegExp, program: RegExp])[] = [
  [/^claude-code/, /(?:^|[/\\])claude(?:\.exe)?$/],
  [/^codex/, /(?:^|[/\\])codex(?:\.exe|\.js)?$/],
  [/^gemini-cli/, /(?:^|[/\\])gemini(?:\.js)?$/],
  [/copilot/i, /(?:^|[/\\])copilot(?:\.exe)?$/],
  [/^opencode/, /(?:^|[/\\])opencode(?:\.exe)?$/],
];

/**
 * The terminal in which the program of this agent runs; if there are several, the one in the agent's folder. `undefined` if it is not
 * unique.
 */
export function agentTerminal(
  agent: AgentProgram,
  terminals: readonly OpenTerminal[],
  processes: readonly RunningProcess[],
): OpenTerminal | undefined {
  const [, program] = programs.find(([name]) => name.test(agent.name)) ?? [];
  if (program === undefined) return undefined;
  const running = processes.filter(({ line }) => program.test(programIn(line)));
  const own = agent.folder === undefined ? undefined : pathOfFolder(agent.folder, 'linux');
  const within = running.filter(({ folder }) => isWithin(folder, own));
  const found = terminalsOf(within.length > 0 ? within : running, terminals, processes);
  return found.length === 1 ? found[0] : undefined;
}

/** The program of a command line, or the script that Node or Bun runs. */
function programIn(line: string): string {
  const [first = '', second = ''] = line.split(' ');
  return /(?:^|\/)(?:node|bun)$/.test(first) ? second : first;
}

function isWithin(folder: string | undefined, own: string | undefined): boolean {
  return folder !== undefined && own !== undefined && isRooted(folder, 'linux') && isInFolder(own, folder, 'linux');
}

function terminalsOf(
  running: readonly RunningProcess[],
  terminals: readonly OpenTerminal[],
  processes: readonly RunningProcess[],
): OpenTerminal[] {
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  return terminals.filter(({ pid }) => running.some((each) => descends(each.pid, pid, parents)));
}

function descends(pid: number, from: number, parents: ReadonlyMap<number, number>): boolean {
  const seen = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === from) return true;
    seen.add(at);
  }
  return false;
}
