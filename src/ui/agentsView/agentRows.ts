import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import { requestsByNeed } from '../../client/needs.ts';
import { tasksUnderWay } from '../../client/tasksUnderWay.ts';
import type { Agent, Request, Task } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { commandIds } from '../ids.ts';
import { agentName, distinctAgentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import { formatAge, formatDuration } from '../text/formatAge.ts';
import { agentColor } from '../text/knownAgents.ts';
import type { L10n } from '../text/l10n.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { Row } from '../tree/row.ts';

/** A refusal that is older is not shown, in milliseconds. */
const forgottenMs = 600_000;

type Presence =
  | { kind: 'waiting'; requestId: string; since: string; count: number }
  | { kind: 'elsewhere'; text: string; since: string }
  | { kind: 'working'; taskId: string; title: string }
  | { kind: 'connected' }
  | { kind: 'recent' }
  | { kind: 'disconnected' };

const ranks: { readonly [K in Presence['kind']]: number } = {
  waiting: 0,
  elsewhere: 1,
  working: 2,
  connected: 3,
  recent: 4,
  disconnected: 5,
};
const icons: { readonly [K in Presence['kind']]: string } = {
  waiting: 'bell-dot',
  elsewhere: 'terminal',
  working: 'gear',
  connected: 'plug',
  recent: 'history',
  disconnected: 'debug-disconnect',
};

/**
 * The rows of *Agents*: first those that wait for the user, then the connected ones. `now` in milliseconds since 1970.
 * `isMuted`: whether agents of this name are muted.
 */
export function agentRows(board: Board, now: number, l10n: L10n, isMuted: (name: string) => boolean = () => false): Row[] {
  const working = tasksUnderWay(board);
  const needs = requestsByNeed(board);
  const agents = [...board.agents.values()]
    .filter(({ removedAt }) => removedAt === undefined)
    .map((agent) => ({ agent, presence: presenceOf(agent, needs, working.get(agent.id), now, l10n) }))
    .toSorted((left, right) => ranks[left.presence.kind] - ranks[right.presence.kind] || (left.agent.id > right.agent.id ? -1 : 1))
    .map(({ agent, presence }) => agentRow(board, agent, presence, { now, l10n, isMuted: isMuted(agent.name) }));
  return [...agents, ...strangerRows(board, now, l10n)];
}

/** That something is refused again and again, as long as that goes on. */
function strangerRows({ refused }: Board, now: number, l10n: L10n): Row[] {
  if (refused === undefined || now - Date.parse(refused.at) > forgottenMs) return [];
  const label = l10n.t('Something tries to connect with an unknown token');
  const age = formatAge(refused.at, now, l10n);
  return [
    {
      id: 'refused',
      label,
      description: age,
      tooltip: [label, l10n.t('An agent may have an old token, or that of another workspace. Click to connect it again.')].join('\n\n'),
      icon: 'warning',
      color: 'problemsWarningIcon.foreground',
      contextValue: 'refused',
      accessibilityLabel: `${label}, ${age}.`,
      click: commandIds.connectAgent,
    },
  ];
}

function agentRow(
  board: Board,
  agent: Agent,
  presence: Presence,
  { now, l10n, isMuted }: { now: number; l10n: L10n; isMuted: boolean },
): Row {
  const name = distinctAgentName(board, agent, l10n);
  const workspace = workspaceHint(board, agent.workspaceId);
  const words = presenceText(agent, presence, now, l10n);
  const heard = l10n.t('last active {0}', formatAge(agent.lastHeardAt, now, l10n));
  return {
    id: `agent:${agent.id}`,
    label: name,
    description: joinParts([words, isMuted ? l10n.t('muted') : undefined, workspace]),
    tooltip: [
      joinName(agent, l10n),
      joinParts([words, workspace]),
      ...(presence.kind === 'recent' || presence.kind === 'disconnected' ? [] : [heard]),
    ].join('\n\n'),
    icon: icons[presence.kind],
    ...(presence.kind !== 'disconnected' && { color: agentColor(agent) }),
    contextValue: `agent:${presence.kind}${isMuted ? ':muted' : ''}${agent.connected ? '' : ':away'}`,
    accessibilityLabel:
      presence.kind === 'waiting' || presence.kind === 'elsewhere'
        ? l10n.t('Waits for you: agent {0}, {1}.', name, words)
        : l10n.t('Agent {0}, {1}.', name, joinParts([words, workspace])),
    ...(presence.kind === 'waiting' && { click: commandIds.answerRequest }),
    ...(presence.kind === 'working' && { click: commandIds.openTask }),
    target: {
      workspaceId: agent.workspaceId,
      ofAgent: agent.id,
      ...(presence.kind === 'waiting' && { requestId: presence.requestId }),
      ...(presence.kind === 'working' && { taskId: presence.taskId }),
    },
  };
}

/** @param needs the open requests by urgency */
function presenceOf(agent: Agent, needs: readonly Request[], task: Task | undefined, now: number, l10n: L10n): Presence {
  const presence = agentPresence(agent, now);
  const awaited = presence.kind === 'waiting' ? needs.filter(({ id }) => presence.requestIds.includes(id)) : [];
  const [first] = awaited;
  if (first !== undefined) {
    const since = awaited.map(({ createdAt }) => createdAt).reduce((one, other) => (other < one ? other : one));
    return { kind: 'waiting', requestId: first.id, since, count: awaited.length };
  }
  const { waitsElsewhere } = agent;
  if (waitsElsewhere !== undefined) return { kind: 'elsewhere', text: waitsElsewhere.text, since: waitsElsewhere.at };
  if (presence.kind === 'recent' || presence.kind === 'disconnected') return { kind: presence.kind };
  return task === undefined ? { kind: 'connected' } : { kind: 'working', taskId: task.id, title: taskTitle(task, l10n) };
}

/** The presence as text, with its age. */
function presenceText(agent: Agent, presence: Presence, now: number, l10n: L10n): string {
  const since = (time: string): string => formatDuration(now - Date.parse(time), l10n);
  switch (presence.kind) {
    case 'waiting':
      if (presence.count > 1) return l10n.t('waiting for {0} answers {1}', presence.count, since(presence.since));
      return l10n.t('waiting for you {0}', since(presence.since));
    case 'elsewhere': {
      const text = truncate(plainLine(presence.text), 120);
      const where = text === '' ? l10n.t('waiting in its own window') : l10n.t('waiting in its own window: {0}', text);
      return joinParts([where, since(presence.since)]);
    }
    case 'working':
      return joinParts([l10n.t('working on “{0}”', presence.title), l10n.t('active {0}', formatAge(agent.lastHeardAt, now, l10n))]);
    case 'connected':
      return l10n.t('connected, active {0}', formatAge(agent.lastHeardAt, now, l10n));
    case 'recent':
      return l10n.t('last active {0}', formatAge(agent.lastHeardAt, now, l10n));
    case 'disconnected':
      return l10n.t('offline, last active {0}', formatAge(agent.lastHeardAt, now, l10n));
    default:
      return assertNever(presence);
  }
}

function joinName(agent: Agent, l10n: L10n): string {
  const version = truncate(visibleLine(agent.version ?? ''), 20);
  return version === '' ? agentName(agent, l10n) : `${agentName(agent, l10n)} ${version}`;
}
