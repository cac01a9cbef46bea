import type { UiContext } from '../shell/context.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { ChangesVerdict, Connect } from './api.ts';

/** `connect` loads the bundle. */
interface Deps {
  connect(): Promise<Connect>;
}

/** Connects an agent to the hub. */
export function connectAgent({ connect }: Deps): Command {
  return async () => (await connect()).connectAgent();
}

/** Checks the connection of an agent; called on one, of that. */
export function checkConnection({ connect }: Deps): Command {
  return async (argument) => (await connect()).checkConnection(targetOf(argument).ofAgent);
}

/** Decides on the changes of an agent's files that the user looks at. */
export function decideChanges({ connect }: Deps, verdict: ChangesVerdict): Command {
  return async () => (await connect()).decide(verdict);
}

/** Removes what was written for an agent. */
export function disconnectAgent({ connect }: Deps): Command {
  return async () => (await connect()).disconnectAgent();
}

/** Replaces the token of a workspace's agents; called on an agent, of its workspace. */
export function replaceToken({ connect }: Deps): Command {
  return async (argument) => (await connect()).replaceToken(targetOf(argument).workspaceId);
}

/** Starts the practice agent in a workspace. */
export function startPracticeAgent(deps: Pick<UiContext, 'board' | 'prompts' | 'l10n' | 'workspaceIds' | 'startPractice'>): Command {
  const { board, prompts, l10n } = deps;
  return async () => {
    const workspaceId = await pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title: l10n.t('Start Practice Agent'), placeholder: l10n.t('In which workspace?') },
    );
    if (workspaceId !== undefined) deps.startPractice(workspaceId);
  };
}
