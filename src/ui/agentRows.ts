import { agentPresence } from '../client/agentPresence.ts';
import type { Board } from '../client/board.ts';
import type { Agent } from '../protocol/model.ts';
import { agoWords, durationWords } from './ageWords.ts';
import { agentName, joinParts, workspaceHint } from './boardNames.ts';
import { commandIds } from './ids.ts';
import type { L10n } from './l10n.ts';
import type { Row } from './row.ts';
import { shorten } from './shorten.ts';
import { visibleLine } from './visibleText.ts';

type Presence = { kind: 'waiting'; requestId: string; since: string } | { kind: 'connected' } | { kind: 'heard'; at: string };

const ranks: { readonly [K in Presence['kind']]: number } = { waiting: 0, connected: 1, heard: 2 };

/** The rows of *Agents*: those that wait for the person first, then the connected ones. `now` in ms since 1970. */
export function agentRows(board: Board, now: number, l10n: L10n): Row[] {
  return [...board.agents.values()]
    .map((agent) => ({ agent, presence: presenceOf(board, agent, now) }))
    .toSorted((left, right) => ranks[left.presence.kind] - ranks[right.presence.kind] || (left.agent.id > right.agent.id ? -1 : 1))
    .map(({ agent, presence }) => agentRow(board, agent, presence, now, l10n));
}

function agentRow(board: Board, agent: Agent, presence: Presence, now: number, l10n: L10n): Row {
  const name = joinName(agent, l10n);
  const workspace = workspaceHint(board, agent.workspaceId);
  const words = presenceWords(presence, now, l10n);
  return {
    id: `agent:${agent.id}`,
    label: name,
    description: joinParts([words, workspace]),
    tooltip: [name, joinParts([words, workspace])].join('\n\n'),
    icon: { waiting: 'bell-dot', connected: 'plug', heard: 'debug-disconnect' }[presence.kind],
    contextValue: `agent:${presence.kind}`,
    accessibilityLabel:
      presence.kind === 'waiting'
        ? l10n.t('Waits for your answer: agent {0}, {1}.', name, words)
        : l10n.t('Agent {0}, {1}.', name, joinParts([words, workspace])),
    ...(presence.kind === 'waiting' ? { click: commandIds.answerRequest, target: { requestId: presence.requestId } } : {}),
  };
}

function presenceOf(board: Board, agent: Agent, now: number): Presence {
  const presence = agentPresence(agent, now);
  if (presence.kind === 'gone') return { kind: 'heard', at: agent.lastHeardAt };
  const request = presence.kind === 'waiting' ? board.requests.get(presence.requestId) : undefined;
  return request?.status === 'open' ? { kind: 'waiting', requestId: request.id, since: request.createdAt } : { kind: 'connected' };
}

function presenceWords(presence: Presence, now: number, l10n: L10n): string {
  if (presence.kind === 'connected') return l10n.t('connected');
  if (presence.kind === 'heard') return l10n.t('last heard {0}', agoWords(presence.at, now, l10n));
  return l10n.t('waiting for you {0}', durationWords(now - Date.parse(presence.since), l10n));
}

function joinName(agent: Agent, l10n: L10n): string {
  const version = shorten(visibleLine(agent.version ?? ''), 20);
  return version === '' ? agentName(agent, l10n) : `${agentName(agent, l10n)} ${version}`;
}
