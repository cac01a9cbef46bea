import { serverName } from '../../protocol/names.ts';
import { unaskedTools } from '../../protocol/unaskedTools.ts';
import { assertNever } from '../../util/errors.ts';
import type { AgentId } from './agentIds.ts';
import type { Entry } from './entry.ts';

/**
 * What lets an agent use those tools of the hub without asking that ask, report or read: one by one, never the whole server. None for
 * agents that say it in the entry of the server itself, and for those that have no way to say it in a file. What the user has set for a
 * tool stays.
 */
export function unaskedEntries(agent: AgentId, workspaceId: string): Entry[] {
  const server = serverName(workspaceId);
  switch (agent) {
    case 'claudeCode':
      return unaskedTools.map((tool) => ({ path: ['permissions', 'allow'], value: `mcp__${server}__${tool}`, kind: 'listed' }));
    case 'geminiCli':
      return unaskedTools.map((tool) => ({ path: ['tools', 'allowed'], value: `mcp_${server}_${tool}`, kind: 'listed' }));
    case 'opencode':
      return unaskedTools.map((tool) => ({ path: ['permission', `${server}_${tool}`], value: 'allow', kind: 'preset' }));
    case 'codex':
    case 'cline':
    case 'copilotCli':
    case 'vscode':
    case 'agentHost':
    case 'cursor':
      return [];
    default:
      return assertNever(agent);
  }
}
