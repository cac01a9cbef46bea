import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { masterSecretFile } from '../home/agentToken.ts';
import { type Challenge, proofOfHub } from '../home/hubProof.ts';
import { createIdGenerator } from '../protocol/ids.ts';
import { logLimits } from '../protocol/limits.ts';
import type { Workspace } from '../protocol/model.ts';
import type { Clock } from '../util/clock.ts';
import { describeError } from '../util/errors.ts';
import { ClosingStack } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { pathOfFolder } from '../util/paths.ts';
import type { Sentence } from '../util/sentence.ts';
import { createAttachmentFiles } from './storage/attachmentFiles.ts';
import { createBackground } from './lifecycle/background.ts';
import { createChannels } from './channels/createChannels.ts';
import { announceHub } from './lifecycle/announceHub.ts';
import { foldersOf } from './service/folders.ts';
import { openGenerations } from './identity/tokenGenerations.ts';
import { openSecret, prepareHome } from './identity/homeFolder.ts';
import { createHookEndpoint } from './hooks/hookEndpoint.ts';
import { createAttachmentDoor } from './http/attachmentDoor.ts';
import { type ConnectionLimits, listen, loopback } from './http/listen.ts';
import { createOpenResponses } from './http/openResponses.ts';
import { createPersonStreams } from './http/personStreams.ts';
import { portsToTry } from './http/portsToTry.ts';
import { createRest } from './http/rest.ts';
import { createRouter } from './http/router.ts';
import { noteLastPort, readLastPort } from './lifecycle/lastPort.ts';
import { lockHome } from './lifecycle/lockHome.ts';
import { createEventLog, type LogLimits } from './log/eventLog.ts';
import { createFanout } from './log/fanout.ts';
import { createPresenceFeed } from './log/presenceFeed.ts';
import { keepWithin } from './log/retention.ts';
import { createMcpEndpoint } from './mcp/mcpEndpoint.ts';
import type { ToolServerDeps } from './mcp/tools/toolServer.ts';
import { createPersons, registerPerson } from './identity/userTokens.ts';
import { createAgents } from './service/agents.ts';
import { sweepAttachments } from './service/attachments.ts';
import { createPermissionWaits } from './service/awaitPermission.ts';
import { createConnections } from './service/connections.ts';
import type { ServiceContext } from './service/context.ts';
import { recoverDeliveries } from './service/deliveries.ts';
import { createTaskPolls } from './service/taskPolls.ts';
import { openWorkspace } from './service/workspaces.ts';
import { createStopFlags } from './hooks/stopFlags.ts';
import { checkInBackground } from './storage/recovery/backgroundCheck.ts';
import { checkpointBeside } from './storage/checkpoints.ts';
import type { Durability, SqliteLoader } from './storage/connect.ts';
import { openDatabase } from './storage/database.ts';
import { databaseFilesOf, markSuspect } from './storage/databaseFiles.ts';
import { createStore, type Store } from './storage/store.ts';
import { createWriter } from './storage/writer.ts';
import { createTokens } from './identity/tokens.ts';
import { isNewer } from './lifecycle/versions.ts';
import { createCodexQueue } from './wake/codexQueue.ts';
import { createWakes } from './wake/createWakes.ts';
import { queueProgram } from './wake/wakeFile.ts';

/** A database that was closed in order is looked through once the start is over. */
const quietCheckMs = 60_000;

/** How a hub is started. */
export interface HubOptions {
  /** The folder that holds everything. Made if it isn't there. */
  home: string;
  /** What the user has set; 0: any free one. Without it, where the hub was the last time, or the first free one of the usual ports. */
  port?: number | undefined;
  /** The token that the person's editor brings; kept in the home folder if it brings none. */
  personToken?: string | undefined;
  version: string;
  clock: Clock;
  log: Logger;
  /** How long calls of a client may wait, by the name in its `clientInfo`. Seconds. */
  waitSeconds?: Readonly<Record<string, number>> | undefined;
  /** Whether agents are woken, as far as the user has allowed it for each; they are if it isn't given. */
  wake?: boolean | undefined;
  /** What an acknowledged write survives; `process` if it isn't given. */
  durability?: Durability | undefined;
  /** How much of the log is kept; `logLimits` of the protocol if it isn't given. */
  logLimits?: LogLimits | undefined;
  loadSqlite?: SqliteLoader;
  /** What connections may take; `connectionLimits` of `listen.ts` if it isn't given. */
  connectionLimits?: ConnectionLimits | undefined;
  /** Event streams that may be open with one token of the person; the protocol's `streamsPerToken` if it isn't given. */
  streamsPerToken?: number | undefined;
  extendServer?: ToolServerDeps['extendServer'];
  taskSources?: ToolServerDeps['taskSources'];
  /** Looks at each request first; true: it answers. The benchmarks bring their door by it, the product brings nothing. */
  extendRouter?: ((context: ServiceContext) => (request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

/** A hub that listens. */
export interface Hub {
  /** `http://127.0.0.1:23837` */
  url: string;
  hubId: string;
  personToken: string;
  /** What the person has to know of this start: the database was damaged, and what became of it. */
  notice: Sentence | undefined;
  /**
   * Fulfilled when the database is found to be damaged while the hub runs. Whoever runs it closes it and starts it again: what can be
   * read is salvaged then.
   */
  damaged: Promise<void>;
  /** Fulfilled when a newer version wants to take this hub's place. Whoever runs it closes it. */
  steppedDown: Promise<void>;
  /** Notes that something of the hub failed which nobody caught. */
  failed(what: string, error: unknown): void;
  openWorkspace(name: string): Workspace;
  mcpUrl(workspaceId: string): string;
  agentToken(workspaceId: string): string;
  /** Ends every stream and call, and closes the database. */
  close(): Promise<void>;
}

/** Starts a hub. @throws StartError */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { home, log } = options;
  prepareHome(home);
  const personToken = options.personToken ?? openSecret(home, 'person-token');
  // Before the folder is locked: if another window's hub has it, this is how that hub comes to know this window.
  registerPerson(home, personToken);
  // Everything that is opened from here on; a start that fails leaves nothing open.
  const opened = new ClosingStack((error) => log.error(`something could not be closed: ${describeError(error)}`));
  try {
    const lock = await lockHome({ home, load: options.loadSqlite });
    opened.add(() => lock.dispose());
    const lastPort = readLastPort(home);
    const ports = portsToTry(options.port, lastPort);
    const { server, port } = await listen(ports, { log: log.child('http'), limits: options.connectionLimits });
    const portFree = Promise.withResolvers<void>();
    const freePort = (): void => void server.close(() => portFree.resolve());
    const endConnections = (): Promise<void> => {
      if (server.listening) freePort();
      server.closeAllConnections();
      return portFree.promise;
    };
    opened.add(endConnections);
    const url = `http://${loopback}:${port}`;
    const masterSecret = openSecret(home, masterSecretFile);
    const { durability = 'process', loadSqlite } = options;
    const { database, notice, unchecked } = openDatabase({ home, durability, now: options.clock.now(), log, load: loadSqlite });
    opened.add(() => database.close());
    const files = databaseFilesOf(home);
    const damage = Promise.withResolvers<void>();
    const succession = Promise.withResolvers<void>();
    const onDamage = (what: string): void => {
      log.error(`the database is damaged: ${what}`);
      try {
        markSuspect(files);
      } catch (error) {
        log.error(`that it is could not be noted: ${describeError(error)}`);
      }
      damage.resolve();
    };
    const background = createBackground({ clock: options.clock, log: log.child('background'), onDamage });
    opened.add(() => background.dispose());
    const { clock } = background;
    const store = createStore(database);
    const hubId = metaValue(store, 'hubId', () => randomUUID());
    const epoch = metaValue(store, 'epoch', () => randomBytes(6).toString('hex'));

    const generations = openGenerations(home);
    // Entries that name the port where it was go on sending their token there, to whoever has that port now. `0` is no port that an entry
    // could rely on, so nothing changes there.
    if (options.port !== 0 && port !== lastPort) generations.advanceAll(store.workspaces.all().map(({ id }) => id));
    noteLastPort(home, port, log);
    const persons = createPersons({ home, log });
    const tokens = createTokens({ masterSecret, generations, findPerson: persons.find });
    const mcpUrl = (workspaceId: string): string => `${url}/mcp/${workspaceId}`;
    const eventLog = createEventLog({ database, epoch, onError: (error) => background.failed('a listener of the log failed', error) });
    const onRefused = (what: string): void => log.error(`the database refused a change: ${what}`);
    const presence = createPresenceFeed((error) => background.failed('a listener of the presence of agents failed', error));
    const transact = createWriter({ database, store, log: eventLog, clock, onDamage, onRefused });
    const closing = new AbortController();
    const newId = createIdGenerator(() => clock.now());
    const context: ServiceContext = {
      store,
      transact,
      log: eventLog,
      presence,
      attachmentFiles: createAttachmentFiles(join(home, 'attachments')),
      connections: createConnections(),
      taskPolls: createTaskPolls(clock),
      folders: foldersOf(process.platform),
      clock,
      background,
      newId,
      closing: closing.signal,
      waitSeconds: options.waitSeconds ?? {},
    };
    recoverDeliveries(context);
    const checkpoints = checkpointBeside({ file: files.main, durability, eventLog, clock, log });
    opened.add(() => checkpoints.close());
    const agents = createAgents(context);
    opened.add(() => agents.dispose());
    const waits = createPermissionWaits({ context, agents });
    // Connections that end tell the tables what could not be sent.
    opened.add(endConnections);
    const fanout = createFanout({ log: eventLog, presence, background });
    opened.add(() => fanout.dispose());
    const lastWords: (() => Promise<void>)[] = [];
    opened.add(() => {
      closing.abort();
      return Promise.all(lastWords.map((end) => end()));
    });
    const mcp = createMcpEndpoint({
      context,
      agents,
      waits,
      log: log.child('mcp'),
      version: options.version,
      onCall: (caller, meta) => wakes.called(caller, meta),
      extendServer: options.extendServer,
      taskSources: options.taskSources,
      // 192 bits: a session id is more than anybody can guess.
      randomId: () => randomBytes(24).toString('base64url'),
    });
    lastWords.push(() => mcp.close());
    const channels = createChannels({ context, agents, waits, streams: mcp.streams, log: log.child('channels') });
    opened.add(() => channels.dispose());
    const stopFlags = createStopFlags({ context, home, log: log.child('hooks') });
    opened.add(() => stopFlags.dispose());
    const workspaceFolders = (): string[] =>
      store.workspaces.all().flatMap(({ folder }) => (folder === undefined ? [] : (pathOfFolder(folder, context.folders.platform) ?? [])));
    const wakes = createWakes({
      context,
      agents,
      streams: mcp.streams,
      isOn: options.wake ?? true,
      queue: createCodexQueue({ env: process.env, cwd: home, folders: context.folders, workspaceFolders }),
      queueProgram: (workspaceId) => queueProgram(home, workspaceId),
      log: log.child('wake'),
    });
    opened.add(() => wakes.dispose());
    const hooks = createHookEndpoint({ context, agents, waits, wakes, log: log.child('hooks') });
    lastWords.push(() => hooks.close());
    const ofAgents = createOpenResponses();
    const personStreams = createPersonStreams({ clock, isKnown: persons.isKnown, limit: options.streamsPerToken });
    opened.add(() => personStreams.dispose());
    const rest = createRest(context, {
      hubId,
      stepDown(version) {
        if (!isNewer(version, options.version)) return false;
        log.info(`steps down for ${version}`);
        // The answer leaves first.
        setImmediate(succession.resolve);
        return true;
      },
      mcpUrl,
      agentToken: tokens.forAgents,
      rotateAgentToken(workspaceId) {
        generations.advance(workspaceId);
        ofAgents.cut(workspaceId);
        mcp.forgetSessions(workspaceId);
      },
    });
    const doors = { rest, attachments: createAttachmentDoor(context), mcp, hooks, personStreams, ofAgents };
    const prove = (challenge: Challenge): string => proofOfHub(masterSecret, challenge);
    const route = createRouter({ port, hubId, prove, tokens, store, eventLog, presence, fanout, ...doors, background, log: log.child('http') });
    const takes = options.extendRouter?.(context);
    const serve = (...[request, response]: [IncomingMessage, ServerResponse]): void => {
      if (takes?.(request, response) !== true) route(request, response);
    };
    // Nothing was awaited since the port was bound, so no request has been missed.
    server.on('request', serve);
    for (const each of [
      keepWithin(options.logLimits ?? logLimits, { database, eventLog, background }),
      sweepAttachments(context),
      checkInBackground({ file: files.main, afterMs: unchecked ? 0 : quietCheckMs, clock, log, onDamage }),
    ]) {
      opened.add(() => each.dispose());
    }
    opened.add(() => {
      freePort();
      closing.abort();
    });
    const announcement = announceHub({ home, url, hubId, version: options.version, log });
    // Before the port is free: whoever takes it says where the hub is from then on.
    opened.add(() => announcement.dispose());
    log.info(`listening on ${url}`);

    return {
      url,
      hubId,
      personToken,
      notice,
      damaged: damage.promise,
      steppedDown: succession.promise,
      openWorkspace: (name) => openWorkspace(context, { name, description: '' }),
      mcpUrl,
      agentToken: tokens.forAgents,
      failed: background.failed,
      async close() {
        await opened.close();
        const { failures } = background;
        log.info(failures === 0 ? 'stopped' : `stopped; failures of its own: ${failures}`);
      },
    };
  } catch (error) {
    await opened.close();
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
