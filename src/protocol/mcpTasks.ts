// What hub and bridge both know of MCP's tasks (2026-07-28). They are calls that go on, and nothing to do with the tasks on a board.

/** The name of the extension, by which a server says that it has it, and each request that its client does. */
export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** The request of a bridge that stays open for as long as its agent is there. */
export const stayMethod = 'agentrq/stay';

/** The header by which a bridge tells its agent from another one: requests of this revision belong to no session. */
export const bridgeHeader = 'agentrq-bridge';
