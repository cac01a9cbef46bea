import { logLimits } from '../protocol/limits.ts';
import type { Workspace } from '../protocol/model.ts';
import { describeError } from '../util/errors.ts';
import { ClosingStack, type Disposable } from '../util/lifecycle.ts';
import type { Sentence } from '../util/sentence.ts';
import { openSecret, prepareHome } from './identity/homeFolder.ts';
import { registerUser } from './identity/userTokens.ts';
import { announceHub } from './lifecycle/announceHub.ts';
import { startRetention } from './log/retention.ts';
import { sweepAttachments } from './service/attachments.ts';
import type { ServiceContext } from './service/context.ts';
import { openWorkspace } from './service/workspaces.ts';
import { createServices } from './start/createServices.ts';
import type { HubOptions } from './start/hubOptions.ts';
import { openEndpoints } from './start/openEndpoints.ts';
import { type Foundation, openFoundation } from './start/openFoundation.ts';
import { checkInBackground } from './storage/recovery/backgroundCheck.ts';

/** A database that was closed in order is looked through once the start is over. */
const quietCheckMs = 60_000;

/** A hub that listens. */
export interface Hub {
  /** `http://127.0.0.1:23837` */
  url: string;
  hubId: string;
  userToken: string;
  /** What the user has to know of this start: the database was damaged, and what became of it. */
  notice: Sentence | undefined;
  /**
   * Fulfilled when the database is found to be damaged while the hub runs. The caller closes the hub and starts it again; the start
   * salvages what can be read.
   */
  damaged: Promise<void>;
  /** Fulfilled when a newer version wants to take this hub's place. The caller closes the hub. */
  steppedDown: Promise<void>;
  /** Notes that something of the hub failed which nobody caught. */
  failed(what: string, error: unknown): void;
  openWorkspace(name: string): Workspace;
  mcpUrl(workspaceId: string): string;
  agentToken(workspaceId: string): string;
  /** Ends every stream and call, and closes the database. */
  close(): Promise<void>;
}

/**
 * Starts a hub in three stages: what the system gives it, its rules, and the ways into it. A start that fails leaves nothing open.
 * @param openedBy the third stage; benchmarks and conformance tests add to it what the product doesn't have
 * @throws StartError
 */
export async function startHub(options: HubOptions, openedBy: typeof openEndpoints = openEndpoints): Promise<Hub> {
  const { home, log } = options;
  prepareHome(home);
  const userToken = options.userToken ?? openSecret(home, 'person-token');
  // Before the folder is locked: if another window's hub has it, this is how that hub comes to know this window.
  registerUser(home, userToken);
  const opened = new ClosingStack((error) => log.error(`something could not be closed: ${describeError(error)}`));
  try {
    const foundation = await openFoundation(options, opened);
    const services = createServices(foundation, options, opened);
    const endpoints = openedBy(foundation, services, options, opened);
    const { server, url, hubId, background } = foundation;
    const { context } = services;
    // Nothing was awaited since the port was bound, so no request has been missed.
    server.on('request', endpoints.route);
    for (const each of startUpkeep(options, foundation, context)) opened.add(() => each.dispose());
    opened.add(() => {
      foundation.freePort();
      services.beginClosing();
    });
    const announcement = announceHub({ home, url, hubId, version: options.version, log });
    // Before the port is free: the hub that takes the port writes its own announcement.
    opened.add(() => announcement.dispose());
    log.info(`listening on ${url}`);
    return {
      url,
      hubId,
      userToken,
      notice: foundation.notice,
      damaged: foundation.damaged,
      steppedDown: endpoints.steppedDown,
      openWorkspace: (name) => openWorkspace(context, { name, description: '' }),
      mcpUrl: endpoints.mcpUrl,
      agentToken: endpoints.tokens.forAgents,
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

/** What a hub does by itself from time to time. */
function startUpkeep(options: HubOptions, foundation: Foundation, context: ServiceContext): Disposable[] {
  const { database, files, unchecked, background, onDamage } = foundation;
  const { clock } = background;
  return [
    startRetention(options.logLimits ?? logLimits, { database, eventLog: context.log, background }),
    sweepAttachments(context),
    checkInBackground({ file: files.main, afterMs: unchecked ? 0 : quietCheckMs, clock, log: options.log, onDamage }),
  ];
}
