import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type BoardStore, createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream } from '../../src/client/eventStream.ts';
import type { HubApi } from '../../src/client/hubApi.ts';
import type { HubAddress } from '../../src/client/linkState.ts';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { apiOf } from './apiOf.ts';
import { startHubProcess } from './hubProcess.ts';
import { linesOf, startKillLoad } from './killLoad.ts';
import { makeHome } from './testHub.ts';
import { waitFor } from './waitFor.ts';

// A hub in a process of its own, three windows that watch it, and writers over REST and MCP that never stop. It is killed again and
// again, in the middle of it all, and started on the same port.

/** What came of it. */
interface KillReport {
  rounds: number;
  /** Tasks and messages that the hub said it had. */
  acknowledged: number;
  /** Those of them that are gone. */
  lost: string[];
  /** Whatever else was not as it has to be: an event that came twice, out of order or not at all; a thing that was made twice. */
  faults: string[];
}

interface Window {
  store: BoardStore;
  events: () => number;
  dispose: () => void;
}

/** Kills the hub `rounds` times, each time after up to `writes` acknowledged writes. */
export async function runKillRounds(options: {
  rounds: number;
  writes: number;
  /** 0 up to 1: when it is killed. */
  random: () => number;
  /** 0 up to 1: how long a window waits before it tries again. */
  jitter: () => number;
  /** Is called with the home folder while the hub is dead. */
  whileDead?: (home: string) => void;
}): Promise<KillReport> {
  const { rounds, random } = options;
  const report: KillReport = { rounds: 0, acknowledged: 0, lost: [], faults: [] };
  const home = makeHome();
  let hub = await startHubProcess({ home });
  const port = Number(new URL(hub.url).port);
  const address = async () => ({ url: hub.url, token: hub.userToken });
  const api = apiOf(() => hub);
  const workspaceId = hub.workspaces[0]?.id ?? '';

  const windows = [1, 2, 3].map((number) =>
    openWindow(`window ${number}`, { api, address, jitter: options.jitter, faults: report.faults }),
  );
  const live = (): boolean => windows.every(({ store }) => store.link.kind === 'live');
  await waitFor('all windows to be live', live);

  const load = startKillLoad({ api, workspaceId, agents: () => hub.workspaces[0] ?? { mcpUrl: '', agentToken: '' } });

  for (let round = 1; round <= rounds; round += 1) {
    const until = load.acknowledged + 1 + Math.floor(random() * options.writes);
    await waitFor('the writers to write', () => load.acknowledged >= until);
    await hub.stop('SIGKILL');
    options.whileDead?.(home);
    hub = await startHubProcess({ home, port });
    await waitFor('all windows to be live again', live);
    report.rounds = round;
    report.acknowledged = load.acknowledged;
  }

  await load.stop();
  const { lost, faults, head, lines } = await load.examine();
  report.lost.push(...lost);
  report.faults.push(...faults);
  for (const [index, { store, events }] of windows.entries()) {
    const name = `window ${index + 1}`;
    await waitFor(`${name} to have all events`, () => (store.board.cursor?.number ?? 0) >= head);
    if (linesOf(store.board.tasks.values()) !== lines) report.faults.push(`${name} shows something else than what is there`);
    // It watched from the first event on.
    if (events() > head) report.faults.push(`${name} got ${events()} events of ${head}`);
  }
  for (const window of windows) window.dispose();
  await hub.stop('SIGTERM');
  const database = new DatabaseSync(join(home, databaseFile), { readOnly: true });
  const state = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  if (state !== 'ok') report.faults.push(`the database is damaged: ${String(state)}`);
  database.close();
  rmSync(home, { recursive: true, force: true });
  return report;
}

/** A window that takes note of every event that isn't the next one. */
function openWindow(
  name: string,
  options: { api: HubApi; address: () => Promise<HubAddress>; jitter: () => number; faults: string[] },
): Window {
  const { api, address, faults } = options;
  const deps = { clock: systemClock, random: options.jitter, log: nullLog };
  const stream = createEventStream({ ...deps, address, fetch });
  const store = createBoardStore({ ...deps, api, stream });
  let last: number | undefined;
  let count = 0;
  let replaced = 0;
  stream.onDidReceive(({ cursor }) => {
    if (last !== undefined && cursor.number !== last + 1) faults.push(`${name} got event ${cursor.number} after ${last}`);
    last = cursor.number;
    count += 1;
  });
  store.onDidReplace(() => {
    replaced += 1;
    if (replaced > 1) faults.push(`${name} had to take a new snapshot`);
  });
  store.start();
  const dispose = (): void => {
    store.dispose();
    stream.dispose();
  };
  return { store, events: () => count, dispose };
}
