// The entry of the bundle that reads and writes agents' config files. It is loaded when the user connects an agent.

export { type AgentId, agentIds } from './agentIds.ts';
export { applyFresh } from './applyFresh.ts';
export { applyPlan } from './applyPlan.ts';
export { ConfigError } from './configError.ts';
export { type Connection, type ConnectionKey, findConnection } from './connectionsFile.ts';
export { type DetectedAgent, detectAgents, systemDetection } from './detectAgents.ts';
export { systemDisk } from './disk.ts';
export { systemGit } from './git.ts';
export { hookDialects } from './hookEntries.ts';
export type { Machine } from './machine.ts';
export { type ConnectionPlan, type ConnectionRequest, listConnections, planConnection, planDisconnection } from './planConnection.ts';
export type { FileEdit } from './planFiles.ts';
export type { Reach } from './serverEntry.ts';
export { mayBeWoken } from './wakeEntries.ts';
