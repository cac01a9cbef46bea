import { apiPrefix } from '../../protocol/operations.ts';

/** Where a request leads: to an agent's endpoint of one workspace, or to one of the user's. */
export type Address =
  | AgentAddress
  | { kind: 'health' }
  | { kind: 'events'; workspaceId?: string }
  | { kind: 'attachments'; workspaceId: string; attachmentId?: string }
  /** One of the operations, or nothing at all. */
  | { kind: 'operation' }
  | { kind: 'nothing' };

export type AgentAddress = { workspaceId: string } & ({ kind: 'mcp' | 'sse' | 'sseMessages' } | { kind: 'hooks'; dialect: string });

const id = '([0-9A-Za-z]{11})';
/** The first that fits counts. Some clients of agents end every address with a slash. */
const addresses: readonly [pattern: RegExp, address: (first: string, second: string) => Address][] = [
  [/^\/hooks\/([^/]+)\/([a-z-]+)\/?$/, (workspaceId, dialect) => ({ kind: 'hooks', workspaceId, dialect })],
  [/^\/mcp\/([^/]+)\/?$/, (workspaceId) => ({ kind: 'mcp', workspaceId })],
  [/^\/sse\/([^/]+)\/?$/, (workspaceId) => ({ kind: 'sse', workspaceId })],
  [/^\/sse\/([^/]+)\/messages\/?$/, (workspaceId) => ({ kind: 'sseMessages', workspaceId })],
  [/^\/health$/, () => ({ kind: 'health' })],
  [new RegExp(`^${apiPrefix}/events/stream$`), () => ({ kind: 'events' })],
  [new RegExp(`^${apiPrefix}/workspaces/([^/]+)/events$`), (workspaceId) => ({ kind: 'events', workspaceId })],
  [new RegExp(`^${apiPrefix}/workspaces/${id}/attachments$`), (workspaceId) => ({ kind: 'attachments', workspaceId })],
  [
    new RegExp(`^${apiPrefix}/workspaces/${id}/attachments/${id}$`),
    (workspaceId, attachmentId) => ({ kind: 'attachments', workspaceId, attachmentId }),
  ],
  [new RegExp(`^${apiPrefix}/`), () => ({ kind: 'operation' })],
];

/** Finds out where a path leads; whether there is such a workspace is not looked at. */
export function parseAddress(path: string): Address {
  for (const [pattern, address] of addresses) {
    const found = pattern.exec(path);
    if (found !== null) return address(found[1] ?? '', found[2] ?? '');
  }
  return { kind: 'nothing' };
}
