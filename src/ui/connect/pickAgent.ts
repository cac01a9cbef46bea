import { type AgentId, agentIds, type Connection } from '../../agents/config/connectAgent.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts, workspaceName } from '../text/displayNames.ts';
import { agentNames } from './agentText.ts';
import type { ConnectContext } from './context.ts';

/** Lets the user pick an agent, those found on this machine first. `other`: an unknown agent. */
export async function pickAgent(
  { board, prompts, editor, l10n, system }: ConnectContext,
  connections: readonly Connection[],
): Promise<AgentId | 'other' | undefined> {
  const found = new Set((await system().detect()).map(({ agent }) => agent));
  const item = (agent: AgentId): PickItem<AgentId | 'other'> => {
    const places = connections.filter((one) => one.agent === agent).map(({ workspaceId }) => workspaceName(board.board, workspaceId));
    const nothingToDo = agent === 'vscode' && editor.hasMcp;
    const words = [
      nothingToDo ? l10n.t('no setup needed') : found.has(agent) ? l10n.t('found') : undefined,
      places.length > 0 ? l10n.t('set up for {0}', [...new Set(places)].join(', ')) : undefined,
    ];
    return { label: agentNames[agent], description: joinParts(words), value: agent };
  };
  const picked = await prompts.pickOne<AgentId | 'other'>(
    [
      ...agentIds.filter((agent) => found.has(agent)).map(item),
      ...agentIds.filter((agent) => !found.has(agent)).map(item),
      { label: l10n.t('Another Agent…'), description: l10n.t('copies what it needs'), value: 'other' },
    ],
    { title: l10n.t('Connect an Agent'), placeholder: l10n.t('Which agent do you use?') },
  );
  return picked.kind === 'picked' ? picked.value : undefined;
}
