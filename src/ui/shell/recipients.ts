import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import { tasksUnderWay } from '../../client/tasksUnderWay.ts';
import type { Agent, Task } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { distinctAgentName, joinParts, taskTitle } from '../text/displayNames.ts';
import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import type { PickItem } from './prompts.ts';

/** The recipient of a task: an agent that is told of it, or the next one that asks for work. */
export type Recipient = { kind: 'agent'; agent: Agent } | { kind: 'queue' };

/** What an agent does now. */
type Work = { kind: 'waiting' } | { kind: 'working'; task: Task } | { kind: 'idle' };

/** The agents of a workspace that are there, first the one that gets a task soonest. `now`: milliseconds since 1970. */
export function agentsThere(board: Board, workspaceId: string, now: number): { agent: Agent; work: Work }[] {
  const underWay = tasksUnderWay(board);
  return [...board.agents.values()]
    .filter((agent) => agent.workspaceId === workspaceId && agent.removedAt === undefined)
    .filter((agent) => agentPresence(agent, now).kind !== 'disconnected')
    .map((agent) => ({ agent, work: workOf(agent, underWay.get(agent.id)) }))
    .toSorted((one, other) => rank(one) - rank(other) || Date.parse(other.agent.lastHeardAt) - Date.parse(one.agent.lastHeardAt));
}

function workOf({ waitingFor = [], waitsElsewhere }: Agent, task: Task | undefined): Work {
  if (waitingFor.length > 0 || waitsElsewhere !== undefined) return { kind: 'waiting' };
  return task === undefined ? { kind: 'idle' } : { kind: 'working', task };
}

/** What can be woken comes first, and an agent that nothing brings to its next step last. */
function rank({ agent, work }: { agent: Agent; work: Work }): number {
  if (agent.hears === 'now') return 0;
  if (agent.hears === 'turnEnd') return 1;
  return work.kind === 'idle' ? 3 : 2;
}

/** When this agent sees a task that it is given, as part of a sentence. */
export function whenSeen(board: Board, agent: Agent, l10n: L10n): string {
  return seenText(agent, workOf(agent, tasksUnderWay(board).get(agent.id)), l10n);
}

function seenText(agent: Agent, work: Work, l10n: L10n): string {
  switch (agent.hears) {
    case 'now':
      return l10n.t('is woken now');
    case 'turnEnd':
      return l10n.t('sees it at the end of its turn');
    case undefined:
      return work.kind === 'idle' ? l10n.t('sees it when it calls AgentRQ next') : l10n.t('sees it at its next step');
    default:
      return assertNever(agent.hears);
  }
}

/** The agents of a workspace that are there, with what each does. */
export function agentItems(board: Board, workspaceId: string, now: number, l10n: L10n): PickItem<Agent>[] {
  return agentsThere(board, workspaceId, now).map(({ agent, work }) => ({
    label: distinctAgentName(board, agent, l10n),
    description: workText(agent, work, now, l10n),
    icon: 'person',
    value: agent,
  }));
}

/** The recipients that the user can pick; only the queue where no agent is there. */
export function recipientItems(board: Board, workspaceId: string, now: number, l10n: L10n): PickItem<Recipient>[] {
  return [
    ...agentsThere(board, workspaceId, now).map(({ agent, work }) => ({
      label: distinctAgentName(board, agent, l10n),
      description: joinParts([workText(agent, work, now, l10n), seenText(agent, work, l10n)]),
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
      return l10n.t('working on “{0}”', taskTitle(work.task, l10n));
    case 'idle':
      return l10n.t('idle {0}', formatDuration(now - Date.parse(agent.lastHeardAt), l10n));
    default:
      return assertNever(work);
  }
}
