import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import type { Agent } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { agentName, joinParts, taskTitle } from '../text/displayNames.ts';
import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import type { PickItem } from './prompts.ts';

/** The recipient of a task: an agent that is told of it, or the next one that asks for work. */
export type Recipient = { kind: 'agent'; agent: Agent } | { kind: 'queue' };

/** What an agent does now. */
type Work = { kind: 'waiting' } | { kind: 'working'; title: string } | { kind: 'idle' };

/** The agents of a workspace that are there, first the one that gets a task soonest. `now`: milliseconds since 1970. */
function agentsThere(board: Board, workspaceId: string, now: number, l10n: L10n): { agent: Agent; work: Work }[] {
  return [...board.agents.values()]
    .filter((agent) => agent.workspaceId === workspaceId && agentPresence(agent, now).kind !== 'disconnected')
    .map((agent) => ({ agent, work: workOf(board, agent, l10n) }))
    .toSorted((one, other) => rank(one) - rank(other) || Date.parse(other.agent.lastHeardAt) - Date.parse(one.agent.lastHeardAt));
}

function workOf(board: Board, { id, waitingFor = [], waitsElsewhere }: Agent, l10n: L10n): Work {
  if (waitingFor.length > 0 || waitsElsewhere !== undefined) return { kind: 'waiting' };
  const task = [...board.tasks.values()].find(({ agentId, status }) => agentId === id && status === 'ongoing');
  return task === undefined ? { kind: 'idle' } : { kind: 'working', title: taskTitle(task, l10n) };
}

/** What can be woken comes first, and an agent that nothing brings to its next step last. */
function rank({ agent, work }: { agent: Agent; work: Work }): number {
  if (agent.hears === 'now') return 0;
  if (agent.hears === 'turnEnd') return 1;
  return work.kind === 'idle' ? 3 : 2;
}

/** When this agent sees a task that it is given, as part of a sentence. */
export function whenSeen(board: Board, agent: Agent, l10n: L10n): string {
  switch (agent.hears) {
    case 'now':
      return l10n.t('is woken now');
    case 'turnEnd':
      return l10n.t('sees it at the end of its turn');
    case undefined:
      return workOf(board, agent, l10n).kind === 'idle' ? l10n.t('sees it when it calls AgentRQ next') : l10n.t('sees it at its next step');
    default:
      return assertNever(agent.hears);
  }
}

/** The agents of a workspace that are there, with what each does. */
export function agentItems(board: Board, workspaceId: string, now: number, l10n: L10n): (PickItem<Agent> & { description: string })[] {
  return agentsThere(board, workspaceId, now, l10n).map(({ agent, work }) => ({
    label: agentName(agent, l10n),
    description: workText(agent, work, now, l10n),
    value: agent,
  }));
}

/** The recipients that the user can pick; only the queue where no agent is there. */
export function recipientItems(board: Board, workspaceId: string, now: number, l10n: L10n): PickItem<Recipient>[] {
  return [
    ...agentItems(board, workspaceId, now, l10n).map(({ label, description, value: agent }) => ({
      label,
      description: joinParts([description, whenSeen(board, agent, l10n)]),
      icon: agent.hears === 'now' ? 'zap' : 'person',
      value: { kind: 'agent', agent } as const,
    })),
    {
      label: l10n.t('Into the Queue'),
      description: l10n.t('the next agent that asks for work takes it'),
      icon: 'list-ordered',
      value: { kind: 'queue' },
    },
  ];
}

function workText(agent: Agent, work: Work, now: number, l10n: L10n): string {
  switch (work.kind) {
    case 'waiting':
      return l10n.t('waiting for you');
    case 'working':
      return l10n.t('working on “{0}”', work.title);
    case 'idle':
      return l10n.t('idle {0}', formatDuration(now - Date.parse(agent.lastHeardAt), l10n));
    default:
      return assertNever(work);
  }
}
