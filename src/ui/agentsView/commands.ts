import type { UiContext } from '../shell/context.ts';
import type { Command } from '../shell/registerCommands.ts';
import type { Undoable } from '../shell/undoable.ts';
import { agentName } from '../text/displayNames.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Shows the terminal in which an agent runs, or says that none of this window is known to be it. */
export function showAgentTerminal({ answers }: { answers: { terminal(agentId: string, show: boolean): Promise<boolean> } }): Command {
  return async (argument) => {
    const { ofAgent } = targetOf(argument);
    if (ofAgent !== undefined) await answers.terminal(ofAgent, true);
  };
}

/** Takes an agent that isn't connected off the list, until it connects again. @param undoable makes that undoable */
export function removeAgent(
  { board, api, l10n }: Pick<UiContext, 'board' | 'api' | 'l10n'>,
  undoable: (done: Undoable) => Promise<void>,
): Command {
  return async (argument) => {
    const agent = board.board.agents.get(targetOf(argument).ofAgent ?? '');
    if (agent === undefined) return;
    const { id: agentId, workspaceId } = agent;
    const name = agentName(agent, l10n);
    const setRemoved = async (removed: boolean): Promise<unknown> => api.call('removeAgent', { workspaceId, agentId, removed });
    await setRemoved(true);
    await undoable({
      words: l10n.t('{0} removed until it connects.', name),
      async undo() {
        await setRemoved(false);
        return l10n.t('{0} is back in Agents.', name);
      },
    });
  };
}

/** Mutes an agent: what it has to say is only where the user looks. `mute` false: its notifications come again. */
export function muteAgent(
  { board, settings, prompts, l10n }: Pick<UiContext, 'board' | 'settings' | 'prompts' | 'l10n'>,
  mute: boolean,
): Command {
  return async (argument) => {
    const agent = board.board.agents.get(targetOf(argument).ofAgent ?? '');
    if (agent === undefined) return;
    await settings.setAgentLevel(agent.name, mute ? 'badge' : undefined);
    const name = agentName(agent, l10n);
    prompts.showStatus(mute ? l10n.t('{0} is muted. The badge still counts it.', name) : l10n.t('{0} is no longer muted.', name));
  };
}
