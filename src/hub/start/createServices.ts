import { join } from 'node:path';
import { createIdGenerator } from '../../protocol/ids.ts';
import type { ClosingStack } from '../../util/lifecycle.ts';
import { createEventLog } from '../log/eventLog.ts';
import { createFanout, type Fanout } from '../log/fanout.ts';
import { logHappenings } from '../log/happenings.ts';
import { createPresenceFeed } from '../log/presenceFeed.ts';
import { type Agents, createAgents } from '../service/agents.ts';
import { createPermissionWaits, type PermissionWaits } from '../service/awaitPermission.ts';
import { createConnections } from '../service/connections.ts';
import type { ServiceContext } from '../service/context.ts';
import { recoverDeliveries } from '../service/deliveries.ts';
import { foldersOf } from '../service/folders.ts';
import { createTaskPolls } from '../service/taskPolls.ts';
import { createAttachmentFiles } from '../storage/attachmentFiles.ts';
import { startCheckpointWorker } from '../storage/checkpoints.ts';
import { createWriter } from '../storage/writer.ts';
import type { HubOptions } from './hubOptions.ts';
import type { Foundation } from './openFoundation.ts';

/** The rules of the hub over its database, without any way in. */
export interface Services {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
  fanout: Fanout;
  /** Calls that wait come back at once, with what there is. */
  beginClosing(): void;
}

/** The second stage of a start. */
export function createServices(foundation: Foundation, options: HubOptions, opened: ClosingStack): Services {
  const { database, store, epoch, background, onDamage } = foundation;
  const { home, log } = options;
  const { clock } = background;
  const eventLog = createEventLog({ database, epoch, onError: (error) => background.failed('a listener of the log failed', error) });
  const onRefused = (what: string): void => log.error(`the database refused a change: ${what}`);
  const closing = new AbortController();
  const context: ServiceContext = {
    store,
    transact: createWriter({ database, store, log: eventLog, clock, onDamage, onRefused }),
    log: eventLog,
    presence: createPresenceFeed((error) => background.failed('a listener of the presence of agents failed', error)),
    attachmentFiles: createAttachmentFiles(join(home, 'attachments')),
    connections: createConnections((error) => background.failed('a listener of connections failed', error)),
    taskPolls: createTaskPolls(clock),
    folders: foldersOf(process.platform),
    clock,
    background,
    newId: createIdGenerator(() => clock.now()),
    closing: closing.signal,
    waitSeconds: options.waitSeconds ?? {},
  };
  recoverDeliveries(context);
  const checkpoints = startCheckpointWorker({ file: foundation.files.main, durability: foundation.durability, eventLog, clock, log });
  opened.add(() => checkpoints.close());
  const agents = createAgents(context);
  opened.add(() => agents.dispose());
  const happenings = logHappenings({ events: eventLog, presence: context.presence, agents: store.agents, clock, log });
  opened.add(() => happenings.dispose());
  const waits = createPermissionWaits({ context, agents });
  // Connections that end tell the tables what could not be sent.
  opened.add(foundation.endConnections);
  const fanout = createFanout({ log: eventLog, presence: context.presence, background });
  opened.add(() => fanout.dispose());
  return { context, agents, waits, fanout, beginClosing: () => closing.abort() };
}
