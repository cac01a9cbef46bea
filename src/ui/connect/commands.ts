import type { Command, CommandDeps } from '../shell/command.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Connects an agent to the hub. */
export function connectAgent({ connect }: CommandDeps): Command {
  return async () => (await connect()).connectAgent();
}

/** Looks whether an agent and the person reach each other. */
export function checkConnection({ connect }: CommandDeps): Command {
  return async () => (await connect()).checkConnection();
}

/** Takes out what was written for an agent. */
export function disconnectAgent({ connect }: CommandDeps): Command {
  return async () => (await connect()).disconnectAgent();
}

/** Gives the agents of a workspace another token; called on an agent, those of its workspace. */
export function replaceToken({ connect }: CommandDeps): Command {
  return async (argument) => (await connect()).replaceToken(targetOf(argument).workspaceId);
}
