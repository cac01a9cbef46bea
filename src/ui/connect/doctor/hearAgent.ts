import type { AgentId, Connection } from '../../../agents/config/connectAgent.ts';
import type { Agent } from '../../../protocol/model.ts';
import { agentName } from '../../text/displayNames.ts';
import { formatAge } from '../../text/formatAge.ts';
import { visibleLine } from '../../text/visibleText.ts';
import { agentNames, introductions, leftToDo, runsInTerminal } from '../agentText.ts';
import type { ConnectContext } from '../context.ts';
import type { Finding } from './doctorSteps.ts';
import type { Mend } from './mend.ts';
import { watchBoard } from './watchBoard.ts';

/** Waits until an agent of that name is connected to the workspace. Returns false if the user cancels. */
export async function waitUntilHeard(
  { board, clock, l10n, system }: ConnectContext,
  connection: Connection,
  signal: AbortSignal,
  set: (finding: Finding) => void,
): Promise<boolean> {
  const { agent, workspaceId, hooks } = connection;
  const name = agentNames[agent];
  const steps = leftToDo(connection, l10n);
  const found = runsInTerminal(agent) ? (await system().detect()).find((each) => each.agent === agent) : undefined;
  const mend: Mend | undefined = found?.program === undefined ? undefined : { kind: 'start', program: found.program };

  const heard = await watchBoard(board, signal, (now) => {
    const all = [...now.agents.values()].filter((one) => one.workspaceId === workspaceId);
    const own = all.filter((one) => introductions[agent].test(one.name));
    const there = own.find(({ connected }) => connected);
    if (there !== undefined) return there;
    const last = own.toSorted((a, b) => Date.parse(b.lastHeardAt) - Date.parse(a.lastHeardAt))[0];
    const others = all.filter((one) => one.connected && !own.includes(one)).map((one) => agentName(one, l10n));
    const notes = [
      last === undefined
        ? l10n.t('{0} has not connected yet.', name)
        : l10n.t('{0} is not connected; last active {1}.', name, formatAge(last.lastHeardAt, clock.now(), l10n)),
      ...steps,
      ...(others.length > 0 ? [l10n.t('Connected under other names: {0}.', others.join(', '))] : []),
    ];
    set({ mark: 'waiting', notes, mend });
    return undefined;
  });
  if (heard === undefined) {
    set({ mark: 'stopped', notes: [l10n.t('You stopped waiting for {0}; it did not connect.', name), ...steps] });
    return false;
  }
  const note = l10n.t('{0} is connected, active {1}.', agentName(heard, l10n), formatAge(heard.lastHeardAt, clock.now(), l10n));
  const warning = versionWarning(agent, heard, hooks, l10n);
  set({ mark: warning === undefined ? 'passed' : 'warning', notes: [note, ...(warning === undefined ? [] : [warning])] });
  return true;
}

/** The first version in which Claude Code in the editor runs its notification hooks. */
const notifying = [2, 1, 233];

function versionWarning(agent: AgentId, { version = '' }: Agent, hooks: boolean, l10n: ConnectContext['l10n']): string | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (agent !== 'claudeCode' || !hooks || numbers === undefined) return undefined;
  const index = numbers.findIndex((number, at) => number !== notifying[at]);
  if (index === -1 || (numbers[index] ?? 0) > (notifying[index] ?? 0)) return undefined;
  return l10n.t(
    'It is version {0}. Before {1}, Claude Code in the editor doesn’t report when it waits for you in its own window. Update it.',
    visibleLine(version),
    notifying.join('.'),
  );
}
