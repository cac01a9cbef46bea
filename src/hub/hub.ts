import { randomBytes, randomUUID } from 'node:crypto';
import { createIdGenerator } from '../protocol/ids.ts';
import type { Workspace } from '../protocol/model.ts';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/log.ts';
import { openSecret, prepareHome } from './home.ts';
import { listen, loopback } from './http/listen.ts';
import { createRest } from './http/rest.ts';
import { createRouter } from './http/router.ts';
import { createEventLog } from './log/eventLog.ts';
import { createFanout } from './log/fanout.ts';
import { createMcpEndpoint } from './mcp/mcpEndpoint.ts';
import { createPersons, registerPerson } from './persons.ts';
import { createAgents } from './service/agents.ts';
import type { ServiceContext } from './service/context.ts';
import { openWorkspace } from './service/workspaces.ts';
import { openDatabase, type SqliteLoader } from './storage/database.ts';
import { createStore, type Store } from './storage/store.ts';
import { createWriter } from './storage/writer.ts';
import { createTokens } from './tokens.ts';

/** How a hub is started. */
export interface HubOptions {
  /** The folder that holds everything. Made if it isn't there. */
  home: string;
  /** 0: any free one. */
  port: number;
  /** The token that the person's editor brings; kept in the home folder if it brings none. */
  personToken?: string | undefined;
  version: string;
  clock: Clock;
  log: Logger;
  loadSqlite?: SqliteLoader;
}

/** A hub that listens. */
export interface Hub {
  /** `http://127.0.0.1:41837` */
  url: string;
  hubId: string;
  personToken: string;
  openWorkspace(name: string): Workspace;
  mcpUrl(workspaceId: string): string;
  agentToken(workspaceId: string): string;
  /** Ends every stream and call, and closes the database. */
  close(): Promise<void>;
}

/** Starts a hub. @throws StartError */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { home, clock, log } = options;
  prepareHome(home);
  const personToken = options.personToken ?? openSecret(home, 'person-token');
  // Before the port: if another window's hub has it, this is how that hub comes to know this window.
  registerPerson(home, personToken);
  const { server, port } = await listen(options.port);
  try {
    const masterSecret = openSecret(home, 'master-secret');
    const database = openDatabase(home, options.loadSqlite);
    const store = createStore(database);
    const hubId = metaValue(store, 'hubId', () => randomUUID());
    const epoch = metaValue(store, 'epoch', () => randomBytes(6).toString('hex'));

    const url = `http://${loopback}:${port}`;
    const tokens = createTokens({ masterSecret, isPerson: createPersons(home) });
    const mcpUrl = (workspaceId: string): string => `${url}/mcp/${workspaceId}`;
    const eventLog = createEventLog({ database, epoch, log: log.child('log') });
    const transact = createWriter({ database, store, log: eventLog, clock });
    const closing = new AbortController();
    const newId = createIdGenerator(() => clock.now());
    const context: ServiceContext = { store, transact, log: eventLog, clock, newId, closing: closing.signal };
    const fanout = createFanout({ log: eventLog, clock });
    const agents = createAgents(context, log.child('agents'));
    const mcp = createMcpEndpoint({ context, agents, log: log.child('mcp'), version: options.version, randomId: randomUUID });
    const rest = createRest(context, { hubId, mcpUrl, agentToken: tokens.forAgents });
    server.on('request', createRouter({ port, hubId, tokens, store, eventLog, fanout, rest, mcp, log: log.child('http') }));
    log.info(`listening on ${url}`);

    return {
      url,
      hubId,
      personToken,
      openWorkspace: (name) => openWorkspace(context, { name, description: '' }),
      mcpUrl,
      agentToken: tokens.forAgents,
      async close() {
        const closed = new Promise((resolve) => server.close(resolve));
        closing.abort();
        await mcp.close();
        fanout.dispose();
        server.closeAllConnections();
        // Connections that end tell the tables what could not be sent, so the database goes last.
        await closed;
        agents.dispose();
        database.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

function metaValue(store: Store, key: string, make: () => string): string {
  const known = store.meta.get(key);
  if (known !== undefined) return known;
  const value = make();
  store.meta.set(key, value);
  return value;
}
