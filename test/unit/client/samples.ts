import type { Agent, Message, Request, Task, Workspace } from '../../../src/protocol/model.ts';

// Valid things of the model, with only what a test says about them being special.

/** An id that sorts by `number`. */
export function id(number: number): string {
  return String(number).padStart(11, '0');
}

/** A time that sorts by `seconds`. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
}

export const workspaceId = id(1);

export function workspace(special: Partial<Workspace> = {}): Workspace {
  return { id: workspaceId, name: 'api', description: '', createdAt: at(0), updatedAt: at(0), ...special };
}

export function task(special: Partial<Task> = {}): Task {
  return {
    id: id(100),
    workspaceId,
    createdAt: at(0),
    updatedAt: at(0),
    createdBy: 'agent',
    assignee: 'agent',
    status: 'ongoing',
    title: 'Fix the build',
    body: '',
    sortOrder: 0,
    ...special,
  };
}

export function message(special: Partial<Message> = {}): Message {
  return { id: id(200), workspaceId, taskId: id(100), createdAt: at(1), sender: 'agent', kind: 'text', text: 'Done.', ...special };
}

export function request(special: Partial<Request> = {}): Request {
  return {
    id: id(300),
    workspaceId,
    kind: 'question',
    status: 'open',
    question: 'Deploy?',
    choices: [],
    multiple: false,
    createdAt: at(2),
    updatedAt: at(2),
    ...special,
  };
}

export function agent(special: Partial<Agent> = {}): Agent {
  return { id: id(400), workspaceId, name: 'claude-code', connected: true, lastHeardAt: at(3), ...special };
}
