import type { Clock } from '../../util/clock.ts';
import type { Background } from '../lifecycle/background.ts';
import type { EventLog } from '../log/eventLog.ts';
import type { PresenceFeed } from '../log/presenceFeed.ts';
import type { AttachmentFiles } from '../storage/attachmentFiles.ts';
import type { Store } from '../storage/store.ts';
import type { Transact } from '../storage/writer.ts';
import type { Connections } from './connections.ts';
import type { Folders } from './folders.ts';
import type { TaskPolls } from './taskPolls.ts';

/** What every use case works with. */
export interface ServiceContext {
  /** For reading. Writing goes through `transact`. */
  store: Store;
  transact: Transact;
  log: EventLog;
  presence: PresenceFeed;
  attachmentFiles: AttachmentFiles;
  connections: Connections;
  taskPolls: TaskPolls;
  folders: Folders;
  /** The clock of `background`. */
  clock: Clock;
  background: Background;
  newId: () => string;
  /** Aborts when the hub stops: calls that wait come back at once, with what there is. */
  closing: AbortSignal;
  /** How long calls of a client may wait, by the name in its `clientInfo`, where the user has said so. Seconds. */
  waitSeconds: Readonly<Record<string, number>>;
}
