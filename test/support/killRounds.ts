import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type BoardStore, createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream } from '../../src/client/eventStream.ts';
import type { HubAddress } from '../../src/client/hubAddress.ts';
import { createHubApi, type HubApi } from '../../src/client/hubApi.ts';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import type { Task } from '../../src/protocol/model.ts';
import { systemClock } from '../../src/util/clock.ts';
import { describeError } from '../../src/util/errors.ts';
import { nullLog } from '../../src/util/log.ts';
import { type HubProcess, startHubProcess } from './hubProcess.ts';
import { connectAgent, type Era, eras } from './testAgent.ts';
import { makeHome } from './testHub.ts';
import { waitFor } from './waitFor.ts';

// A hub in a process of its own, three windows that watch it, and writers over REST and MCP that never stop. It is killed again and
// again, in the middle of it all, and started on the same port.

/** What came of it. */
export interface KillReport {
  rounds: number;
  /** Tasks and messages that the hub said it had. */
  acknowledged: number;
  /** Those of them that are gone. */
  lost: string[];
  /** Whatever else was not as it has to be: an event that came twice, out of order or not at all; a thing that was made twice. */
  faults: string[];
  /** From the kill until the next hub listens. Milliseconds. */
  restartMs: number[];
  /** From the kill until all three windows are live again. Milliseconds. */
  backMs: number[];
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
  onRound?: (report: KillReport) => void;
  /** Is called with the home folder while the hub is dead. */
  whileDead?: (home: string) => void;
}): Promise<KillReport> {
  const { rounds, random } = options;
  const report: KillReport = { rounds: 0, acknowledged: 0, lost: [], faults: [], restartMs: [], backMs: [] };
  const home = makeHome();
  let hub = await startHubProcess({ home });
  const port = Number(new URL(hub.url).port);
  const address = async () => ({ url: hub.url, token: hub.personToken });
  const api = createHubApi({ address, fetch });
  const workspaceId = hub.workspaces[0]?.id ?? '';

  const windows = [1, 2, 3].map((number) =>
    openWindow(`window ${number}`, { api, address, jitter: options.jitter, faults: report.faults }),
  );
  const live = (): boolean => windows.every(({ store }) => store.link.kind === 'live');
  await waitFor('all windows to be live', live);

  /** The texts that the hub said it had, each in its task. */
  const tasks = new Map<string, string>();
  const messages = new Map<string, string>();
  let stopping = false;
  const acknowledge = (where: Map<string, string>, text: string, taskId: string): void => {
    where.set(text, taskId);
    report.acknowledged += 1;
  };
  const writers = [
    ...[1, 2].map(() => writeAsPerson({ api, workspaceId, tasks, messages, acknowledge, stopping: () => stopping })),
    ...eras.map((era) => writeAsAgent(era, { hub: () => hub, tasks, messages, acknowledge, stopping: () => stopping })),
  ];

  for (let round = 1; round <= rounds; round += 1) {
    const until = report.acknowledged + 1 + Math.floor(random() * options.writes);
    await waitFor('the writers to write', () => report.acknowledged >= until, 30_000);
    const killedAt = performance.now();
    await hub.stop('SIGKILL');
    options.whileDead?.(home);
    hub = await startHubProcess({ home, port });
    report.restartMs.push(performance.now() - killedAt);
    await waitFor('all windows to be live again', live, 30_000);
    report.backMs.push(performance.now() - killedAt);
    report.rounds = round;
    options.onRound?.(report);
  }

  stopping = true;
  await Promise.all(writers);
  await examine(api, { workspaceId, tasks, messages, windows, report });
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

interface Writer {
  tasks: Map<string, string>;
  messages: Map<string, string>;
  acknowledge: (where: Map<string, string>, text: string, taskId: string) => void;
  stopping: () => boolean;
}

/** Tries again what failed, with the same key: it has to happen once. */
async function writeAsPerson({ api, workspaceId, tasks, messages, acknowledge, stopping }: Writer & { api: HubApi; workspaceId: string }) {
  while (!stopping()) {
    const [title, key] = [`person ${randomUUID()}`, randomUUID()];
    const made = await untilDone(() => api.call('createTask', { workspaceId, title, key }), stopping);
    if (made === undefined) return;
    acknowledge(tasks, title, made.task.id);
    for (let count = 0; count < 3; count += 1) {
      const [text, messageKey] = [`person ${randomUUID()}`, randomUUID()];
      const input = { workspaceId, taskId: made.task.id, text, key: messageKey };
      if ((await untilDone(() => api.call('replyToTask', input), stopping)) === undefined) return;
      acknowledge(messages, text, made.task.id);
    }
  }
}

async function untilDone<T>(attempt: () => Promise<T>, stopping: () => boolean): Promise<T | undefined> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      // The hub is gone for the moment.
      if (stopping()) return undefined;
    }
  }
}

/** Goes on with something else when a call fails: nobody knows whether it was done. */
async function writeAsAgent(era: Era, { hub, tasks, messages, acknowledge, stopping }: Writer & { hub: () => HubProcess }): Promise<void> {
  while (!stopping()) {
    try {
      const agent = await connectAgent(era, hub().workspaces[0] ?? { mcpUrl: '', agentToken: '' }, `writer-${era}`);
      try {
        while (!stopping()) {
          const title = `agent ${randomUUID()}`;
          const made = await agent.call('createTask', { title, body: 'b' });
          if (made.isError) continue;
          const taskId = made.text.slice(-11);
          acknowledge(tasks, title, taskId);
          for (let count = 0; count < 3; count += 1) {
            const text = `agent ${randomUUID()}`;
            const said = await agent.call('reply', { chatId: taskId, text });
            if (!said.isError) acknowledge(messages, text, taskId);
          }
        }
      } finally {
        await agent.close();
      }
    } catch {
      // The hub is gone for the moment.
    }
  }
}

/** Compares what was acknowledged with what is there, and every window with the hub. */
async function examine(
  api: HubApi,
  found: { workspaceId: string; tasks: Map<string, string>; messages: Map<string, string>; windows: Window[]; report: KillReport },
): Promise<void> {
  const { workspaceId, tasks, messages, windows, report } = found;
  const board = await api.call('getBoard', {});
  const head = Number(board.cursor.split('.')[1]);
  const titles = new Map(board.tasks.map(({ id, title }) => [id, title]));
  for (const [title, id] of tasks) if (titles.get(id) !== title) report.lost.push(`the task “${title}”`);
  for (const title of duplicates(board.tasks.map((task) => task.title))) report.faults.push(`the task “${title}” was made twice`);

  const texts = new Map<string, string[]>();
  for (const taskId of new Set(messages.values())) {
    if (!titles.has(taskId)) continue;
    const thread = await api.call('getTask', { workspaceId, taskId });
    // Not what the hub notes there by itself.
    const written = thread.messages.filter(({ kind }) => kind === 'text');
    texts.set(
      taskId,
      written.map(({ text }) => text),
    );
  }
  for (const [text, taskId] of messages) if (texts.get(taskId)?.includes(text) !== true) report.lost.push(`the message “${text}”`);
  for (const text of duplicates([...texts.values()].flat())) report.faults.push(`the message “${text}” is there twice`);

  const lines = (all: Iterable<Task>): string =>
    Array.from(all, ({ id, title, status }) => `${id} ${status} ${title}`)
      .toSorted((a, b) => a.localeCompare(b))
      .join('\n');
  const expected = lines(board.tasks);
  const shows = ({ store }: Window): boolean => lines(store.board.tasks.values()) === expected;
  await Promise.all(
    windows.map(async (window, index) => {
      try {
        await waitFor(`window ${index + 1} to show what is there`, () => shows(window), 15_000);
      } catch (error) {
        report.faults.push(describeError(error));
      }
      // It watched from the first event on.
      if (window.events() > head) report.faults.push(`window ${index + 1} got ${window.events()} events of ${head}`);
    }),
  );
}

function duplicates(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}
