import { join } from 'node:path';
import * as z from 'zod/mini';
import { isSamePath } from '../../util/paths.ts';
import { translatable } from '../../util/sentence.ts';
import { agentIdSchema } from './agentIds.ts';
import { ConfigError } from './configError.ts';
import { type WrittenFile, writtenFileSchema } from './editFile.ts';
import { placedEntrySchema } from './entry.ts';
import type { Machine } from './machine.ts';

const fileRecordSchema = z.object({
  /** The path as the agent knows it, and what it led to. */
  file: z.string(),
  target: z.string(),
  scope: z.enum(['user', 'project']),
  holdsToken: z.boolean(),
  /** Folders that were made for the file, outermost first. */
  folders: z.array(z.string()),
  placed: z.object({ format: z.enum(['json', 'toml']), entries: z.array(placedEntrySchema) }),
});

/** What was written into one file. */
export type FileRecord = z.infer<typeof fileRecordSchema>;

const connectionSchema = z.object({
  agent: agentIdSchema,
  workspaceId: z.string(),
  /** The folder that was connected; absent if all are. */
  folder: z.optional(z.string()),
  transport: z.enum(['http', 'bridge']),
  hooks: z.boolean(),
  /** It may be woken when the user has said something. */
  wake: z.optional(z.boolean()),
  /** When it was written: RFC 3339, UTC. */
  connectedAt: z.string(),
  files: z.array(fileRecordSchema),
});

/** An agent that was connected, and everything that was written for it. */
export type Connection = z.infer<typeof connectionSchema>;

/** Which connection is meant. There is one for each agent, workspace and folder. */
export type ConnectionKey = Pick<Connection, 'agent' | 'workspaceId' | 'folder'>;

const connectionsSchema = z.object({
  version: z.literal(1),
  connections: z.array(connectionSchema),
  /** How each file was left, by its path. */
  written: z.optional(z.record(z.string(), writtenFileSchema)),
});

/** What was written for all agents. */
export interface RecordedConnections {
  connections: Connection[];
  written: ReadonlyMap<string, WrittenFile>;
}

/** Where the connections are noted. */
export function connectionsPath({ home }: Pick<Machine, 'home'>): string {
  return join(home, 'connections.json');
}

/** What a text of the file tells of. @throws ConfigError `unreadable` */
export function parseConnections(text: string | undefined, file: string): RecordedConnections {
  if (text === undefined) return { connections: [], written: new Map() };
  try {
    const { connections, written = {} } = connectionsSchema.parse(JSON.parse(text));
    return { connections, written: new Map(Object.entries(written)) };
  } catch (error) {
    throw new ConfigError(
      'unreadable',
      translatable(
        '{0} can’t be read, so AgentRQ doesn’t know what it wrote into agents’ configs. Restore it from a backup, or delete it and remove AgentRQ’s entries by hand.',
        file,
      ),
      { cause: error, file },
    );
  }
}

export function printConnections({ connections, written }: RecordedConnections): string {
  return `${JSON.stringify({ version: 1, connections, written: Object.fromEntries(written) }, null, 2)}\n`;
}

/** Finds a connection, also if its folder was opened in another spelling then. */
export function findConnection<C extends ConnectionKey>(
  connections: readonly C[],
  key: ConnectionKey,
  { platform }: Pick<Machine, 'platform'>,
): C | undefined {
  const isSame = (a?: string, b?: string): boolean => a === b || (a !== undefined && b !== undefined && isSamePath(a, b, platform));
  return connections.find((one) => one.agent === key.agent && one.workspaceId === key.workspaceId && isSame(one.folder, key.folder));
}
