import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/log.ts';
import type { ConnectionLimits } from '../http/listen.ts';
import type { LogLimits } from '../log/eventLog.ts';
import type { Durability, SqliteLoader } from '../storage/connect.ts';

/** How a hub is started. */
export interface HubOptions {
  /** The folder that holds everything. Made if it isn't there. */
  home: string;
  /** What the user has set; 0: any free one. Without it, where the hub was the last time, or the first free one of the usual ports. */
  port?: number | undefined;
  /** The token that the user's editor brings; kept in the home folder if it brings none. */
  userToken?: string | undefined;
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
}
