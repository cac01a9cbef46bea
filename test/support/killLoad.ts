import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { HubApi } from '../../src/client/hubApi.ts';
import type { Task } from '../../src/protocol/model.ts';
import { taskIdOf } from './taskIdOf.ts';
import { type AgentAddress, connectAgent, type Era, eras } from './testAgent.ts';

// Writers over REST and MCP that never stop, whatever becomes of the hub, and remember what it said that it has.

/** What the hub acknowledged, by what it said when it did. */
export interface KillLoad {
  /** Tasks and messages that the hub said it had. */
  readonly acknowledged: number;
  /** Ends the writers. */
  stop(): Promise<void>;
  /** Compares all that with what is there: what is gone, and what was made twice. */
  examine(): Promise<Examined>;
}

export interface Examined {
  lost: string[];
  faults: string[];
  /** The number of the last event. */
  head: number;
  /** What every window has to show, as `linesOf` says it. */
  lines: string;
}

/** A writer that found no hub looks again after this long: it doesn't take the processor from the one that starts. */
const againMs = 20;

/** Two writers as the user, and one agent of each era. */
export function startKillLoad({ api, workspaceId, agents }: { api: HubApi; workspaceId: string; agents: () => AgentAddress }): KillLoad {
  const tasks = new Map<string, string>();
  const messages = new Map<string, string>();
  let acknowledged = 0;
  let stopping = false;
  const acknowledge = (where: Map<string, string>, text: string, taskId: string): void => {
    where.set(text, taskId);
    acknowledged += 1;
  };
  const common = { tasks, messages, acknowledge, stopping: () => stopping };
  const writers = [
    ...[1, 2].map(() => writeAsUser({ ...common, api, workspaceId })),
    ...eras.map((era) => writeAsAgent(era, { ...common, agents })),
  ];
  return {
    get acknowledged() {
      return acknowledged;
    },
    async stop() {
      stopping = true;
      await Promise.all(writers);
    },
    examine: () => examine(api, { workspaceId, tasks, messages }),
  };
}

/** The tasks as a window shows them: a line each, in one order. */
export function linesOf(tasks: Iterable<Task>): string {
  return Array.from(tasks, ({ id, title, status }) => `${id} ${status} ${title}`)
    .toSorted((a, b) => a.localeCompare(b))
    .join('\n');
}

interface Writer {
  tasks: Map<string, string>;
  messages: Map<string, string>;
  acknowledge: (where: Map<string, string>, text: string, taskId: string) => void;
  stopping: () => boolean;
}

/** Tries again what failed, with the same key: it has to happen once. */
async function writeAsUser({ api, workspaceId, tasks, messages, acknowledge, stopping }: Writer & { api: HubApi; workspaceId: string }) {
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
      await pause(againMs);
    }
  }
}

/** Goes on with something else when a call fails: nobody knows whether it was done. */
async function writeAsAgent(
  era: Era,
  { agents, tasks, messages, acknowledge, stopping }: Writer & { agents: () => AgentAddress },
): Promise<void> {
  while (!stopping()) {
    try {
      const agent = await connectAgent(era, agents(), `writer-${era}`);
      try {
        while (!stopping()) {
          const title = `agent ${randomUUID()}`;
          const made = await agent.call('createTask', { title, body: 'b' });
          if (made.isError) continue;
          const taskId = taskIdOf(made.text);
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
      await pause(againMs);
    }
  }
}

async function examine(
  api: HubApi,
  { workspaceId, tasks, messages }: { workspaceId: string; tasks: Map<string, string>; messages: Map<string, string> },
): Promise<Examined> {
  const board = await api.call('getBoard', {});
  const titles = new Map(board.tasks.map(({ id, title }) => [id, title]));
  const lost = [...tasks].filter(([title, id]) => titles.get(id) !== title).map(([title]) => `the task “${title}”`);
  const faults = duplicates(board.tasks.map((task) => task.title)).map((title) => `the task “${title}” was made twice`);

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
  for (const [text, taskId] of messages) if (texts.get(taskId)?.includes(text) !== true) lost.push(`the message “${text}”`);
  faults.push(...duplicates([...texts.values()].flat()).map((text) => `the message “${text}” is there twice`));
  return { lost, faults, head: Number(board.cursor.split('.')[1]), lines: linesOf(board.tasks) };
}

function duplicates(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}
