import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import { describeError } from '../../src/util/errors.ts';
import { apiOf } from './apiOf.ts';
import { freePort } from './freePort.ts';
import { startKillLoad } from './killLoad.ts';
import { makeHome } from './testHub.ts';
import { waitFor } from './waitFor.ts';
import { openWindow, type WindowProcess } from './windowProcess.ts';

// Three windows, each a process that can run the hub, and writers that never stop. The one that runs it is killed again and again, in
// the middle of it all; another one takes its place, and the killed one comes back as a follower.

/** What came of it. */
export interface TakeOverReport {
  rounds: number;
  acknowledged: number;
  /** Tasks and messages that the hub said it had, and that are gone. */
  lost: string[];
  /** Whatever else was not as it has to be: an event that came twice, out of order or not at all; a thing that was made twice. */
  faults: string[];
  /** From the kill until all other windows are live again. Milliseconds. */
  takeOverMs: number[];
  /** What the windows said in rounds that took longer than `slowMs`. */
  slow: string[];
}

/** Kills the leader `rounds` times, each time after up to `writes` acknowledged writes. */
export async function runTakeOverRounds(options: {
  rounds: number;
  writes: number;
  /** The path of the hub's bundle. */
  entry: string;
  /** 0 up to 1: when it is killed. */
  random: () => number;
  slowMs: number;
  onRound?: (report: TakeOverReport) => void;
}): Promise<TakeOverReport> {
  const { rounds, random, entry, slowMs } = options;
  const report: TakeOverReport = { rounds: 0, acknowledged: 0, lost: [], faults: [], takeOverMs: [], slow: [] };
  const home = makeHome();
  const port = await freePort();
  const token = 'p'.repeat(43);
  const open = (): Promise<WindowProcess> => openWindow({ entry, home, port, token });
  let windows = [await open()];
  windows.push(...(await Promise.all([open(), open()])));
  const api = apiOf(() => ({ url: `http://127.0.0.1:${port}`, userToken: token }));
  const { workspace } = await api.call('openWorkspace', { name: 'test' });
  const access = await api.call('getWorkspaceToken', { workspaceId: workspace.id });
  const agents = { mcpUrl: access.mcpUrl, agentToken: access.token };
  const load = startKillLoad({ api, workspaceId: workspace.id, agents: () => agents });

  for (let round = 1; round <= rounds; round += 1) {
    const until = load.acknowledged + 1 + Math.floor(random() * options.writes);
    await waitFor('the writers to write', () => load.acknowledged >= until);
    const leader = windows.find(({ leads }) => leads);
    const others = windows.filter((window) => window !== leader);
    const killedAt = Date.now();
    await leader?.kill();
    await waitFor('all other windows to be live again', () => others.every(({ isLive, liveAt }) => isLive && liveAt >= killedAt));
    const took = Math.max(...others.map(({ liveAt }) => liveAt)) - killedAt;
    report.takeOverMs.push(took);
    if (took > slowMs) report.slow.push(`round ${round}, killed at ${killedAt}: ${took} ms`, ...others.flatMap(({ log }) => ['', ...log]));
    await waitFor('one window to run the hub', () => others.filter(({ leads }) => leads).length === 1);
    if (leader !== undefined) report.faults.push(...leader.faults);
    windows = [...others, await open()];
    report.rounds = round;
    report.acknowledged = load.acknowledged;
    options.onRound?.(report);
  }

  await load.stop();
  const { lost, faults, lines } = await load.examine();
  report.lost.push(...lost);
  report.faults.push(...faults);
  for (const window of windows) {
    report.faults.push(...window.faults);
    try {
      await waitFor('a window to show what is there', async () => (await window.tasks()) === lines);
    } catch (error) {
      report.faults.push(describeError(error));
    }
  }
  for (const window of windows.toSorted((a, b) => Number(a.leads) - Number(b.leads))) await window.stop();
  const database = new DatabaseSync(join(home, databaseFile), { readOnly: true });
  const state = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  if (state !== 'ok') report.faults.push(`the database is damaged: ${String(state)}`);
  database.close();
  rmSync(home, { recursive: true, force: true });
  return report;
}
