import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { masterSecretFile } from '../../home/agentToken.ts';
import { describeError } from '../../util/errors.ts';
import type { ClosingStack } from '../../util/lifecycle.ts';
import type { Sentence } from '../../util/sentence.ts';
import { listen, loopback } from '../http/listen.ts';
import { portsToTry } from '../http/portsToTry.ts';
import { openSecret } from '../identity/homeFolder.ts';
import { openGenerations, type TokenGenerations } from '../identity/tokenGenerations.ts';
import { type Background, createBackground } from '../lifecycle/background.ts';
import { noteLastPort, readLastPort } from '../lifecycle/lastPort.ts';
import { lockHome } from '../lifecycle/lockHome.ts';
import type { Durability } from '../storage/connect.ts';
import { openDatabase } from '../storage/database.ts';
import { type DatabaseFiles, databaseFilesOf, markSuspect } from '../storage/databaseFiles.ts';
import { createStore, type Store } from '../storage/store.ts';
import type { HubOptions } from './hubOptions.ts';

/** What the system has given to the hub: the folder, a port, the database. */
export interface Foundation {
  server: Server;
  port: number;
  /** `http://127.0.0.1:23837` */
  url: string;
  /** Takes no new connections. */
  freePort(): void;
  /** Ends every connection, and is done once the port is free. */
  endConnections(): Promise<void>;
  masterSecret: string;
  generations: TokenGenerations;
  database: DatabaseSync;
  files: DatabaseFiles;
  durability: Durability;
  /** It was not looked through, though it was not closed in order. */
  unchecked: boolean;
  /** What the user has to know of this start. */
  notice: Sentence | undefined;
  store: Store;
  hubId: string;
  /** Names the log. */
  epoch: string;
  background: Background;
  onDamage(what: string): void;
  /** Fulfilled when the database is found to be damaged. */
  damaged: Promise<void>;
}

/**
 * The first stage of a start. Nothing is awaited once the port is bound, so no request is missed.
 * @param opened gets what closes each thing
 * @throws StartError
 */
export async function openFoundation(options: HubOptions, opened: ClosingStack): Promise<Foundation> {
  const { home, log, durability = 'process', loadSqlite } = options;
  const lock = await lockHome({ home, load: loadSqlite });
  opened.add(() => lock.dispose());
  const lastPort = readLastPort(home);
  const { server, port } = await listen(portsToTry(options.port, lastPort), { log: log.child('http'), limits: options.connectionLimits });
  const portFree = Promise.withResolvers<void>();
  const freePort = (): void => void server.close(() => portFree.resolve());
  const endConnections = (): Promise<void> => {
    if (server.listening) freePort();
    server.closeAllConnections();
    return portFree.promise;
  };
  opened.add(endConnections);
  const masterSecret = openSecret(home, masterSecretFile);
  const { database, notice, unchecked } = openDatabase({ home, durability, now: options.clock.now(), log, load: loadSqlite });
  opened.add(() => database.close());
  const files = databaseFilesOf(home);
  const damage = Promise.withResolvers<void>();
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
  const store = createStore(database);
  const generations = openGenerations(home);
  // Entries that name the former port go on sending their token to the program that has that port now, so their tokens are replaced. No
  // entry can rely on port `0`, so nothing changes then.
  if (options.port !== 0 && port !== lastPort) generations.advanceAll(store.workspaces.all().map(({ id }) => id));
  noteLastPort(home, port, log);
  return {
    server,
    port,
    url: `http://${loopback}:${port}`,
    freePort,
    endConnections,
    masterSecret,
    generations,
    database,
    files,
    durability,
    unchecked,
    notice,
    store,
    hubId: metaValue(store, 'hubId', () => randomUUID()),
    epoch: metaValue(store, 'epoch', () => randomBytes(6).toString('hex')),
    background,
    onDamage,
    damaged: damage.promise,
  };
}

function metaValue(store: Store, key: string, make: () => string): string {
  const known = store.meta.get(key);
  if (known !== undefined) return known;
  const value = make();
  store.meta.set(key, value);
  return value;
}
