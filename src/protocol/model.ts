// The nouns, each described once. What crosses a process is parsed with these schemas, and the types follow from them.

export * from './model/agent.ts';
export * from './model/members.ts';
export * from './model/message.ts';
export * from './model/request.ts';
export * from './model/task.ts';
export * from './model/workspace.ts';
