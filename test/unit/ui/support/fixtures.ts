import type { Board } from '../../../../src/client/board.ts';
import { emptyBoard } from '../../../../src/client/board.ts';
import type { BoardChange } from '../../../../src/client/boardStore.ts';
import type { HubEvent } from '../../../../src/protocol/events.ts';
import type { Agent, Message, Permission, Request, Rule, Task, Workspace } from '../../../../src/protocol/model.ts';
import type { L10n } from '../../../../src/ui/text/l10n.ts';

// Things of the board, each with what a test doesn't care about filled in.

export const now = Date.parse('2026-11-22T12:00:00.000Z');

export const english: L10n = {
  t: (text, ...args) => text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

/** `seconds` before `now`. */
export function ago(seconds: number): string {
  return new Date(now - seconds * 1_000).toISOString();
}

export const workspaceId = 'workspace01';

export function workspace(over: Partial<Workspace> = {}): Workspace {
  return { id: workspaceId, name: 'web', description: '', createdAt: ago(900), updatedAt: ago(900), ...over };
}

export function task(over: Partial<Task> = {}): Task {
  return {
    id: 'task0000001',
    workspaceId,
    createdAt: ago(600),
    updatedAt: ago(600),
    createdBy: 'human',
    assignee: 'agent',
    status: 'ongoing',
    title: 'Fix the login',
    body: 'It fails on Mondays.',
    sortOrder: 0,
    ...over,
  };
}

export function request(over: Partial<Request> = {}): Request {
  return {
    id: 'request0001',
    workspaceId,
    taskId: 'task0000001',
    agentId: 'agent000001',
    kind: 'question',
    status: 'open',
    question: 'Deploy to staging?',
    choices: [],
    multiple: false,
    createdAt: ago(180),
    updatedAt: ago(180),
    ...over,
  };
}

/** A request for permission to use a tool. */
export function permission(over: Partial<Permission> = {}, of: Partial<Request> = {}): Request {
  const wants = { tool: 'Bash', input: '{"command":"npm publish"}', ...over };
  return request({ kind: 'permission', question: wants.description ?? wants.tool, permission: wants, ...of });
}

export function rule(over: Partial<Rule> = {}): Rule {
  return { id: 'rule0000001', workspaceId, text: 'Bash:git log *', createdAt: ago(600), ...over };
}

export function agent(over: Partial<Agent> = {}): Agent {
  return { id: 'agent000001', workspaceId, name: 'claude-code', version: '2.1.330', connected: true, lastHeardAt: ago(20), ...over };
}

export function message(over: Partial<Message> = {}): Message {
  return {
    id: 'message0001',
    workspaceId,
    taskId: 'task0000001',
    createdAt: ago(60),
    sender: 'agent',
    kind: 'text',
    text: 'The tests are green.',
    agentId: 'agent000001',
    ...over,
  };
}

export function board(
  parts: { workspaces?: Workspace[]; tasks?: Task[]; requests?: Request[]; agents?: Agent[]; rules?: Rule[] } = {},
): Board {
  const byId = <T extends { id: string }>(items: T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));
  return {
    ...emptyBoard,
    workspaces: byId(parts.workspaces ?? [workspace()]),
    tasks: byId(parts.tasks ?? [task()]),
    requests: byId(parts.requests ?? []),
    agents: byId(parts.agents ?? [agent()]),
    rules: byId(parts.rules ?? []),
  };
}

export function change(event: HubEvent, after: Board = board(), live = true, before: Board = board()): BoardChange {
  return { event, before, after, live };
}
