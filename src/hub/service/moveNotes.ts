import { isFinished } from '../../protocol/isFinished.ts';
import type { Message, Move, Task, TaskAction, TaskStatus } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { assertNever } from '../../util/errors.ts';
import type { ServiceContext } from './context.ts';

// What the user does to a task is noted in its thread, and is news to the agent that has the task: a message, on its way like any other.
// It goes to that agent and its connection, even if another agent has the task when it arrives.

/** The agent that has a task, and the connection over which it works on it. */
export interface Holder {
  agentId: string;
  connectionId: string | undefined;
}

/** A move that is noted here: a stop has words of its own. */
type NotedMove = Exclude<Move, { kind: 'stop' }>;

/** Who has this task now. Somebody for whom it is only meant doesn't. */
export function holderOf({ store }: Pick<ServiceContext, 'store'>, { id, agentId }: Task): Holder | undefined {
  const connectionId = store.tasks.connectionOf(id);
  return agentId === undefined || connectionId === undefined ? undefined : { agentId, connectionId };
}

/**
 * Notes a move of the user. `before` is the task as it was, `holder` who had it then. News that nobody has been given yet is taken back
 * when the move takes its own back, and is replaced when it goes further.
 */
export function noteMove(context: ServiceContext, before: Task, move: NotedMove, holder: Holder | undefined): void {
  const { store, transact } = context;
  // Nobody has ever had it, so nobody reads in its thread what became of it.
  if (before.agentId === undefined) return;
  transact((changes) => {
    const earlier = store.messages.moves(before.id);
    const pending = earlier.find((message) => message.move?.kind === move.kind && isUntaken(context, message));
    const told = pending === undefined ? undefined : store.messages.recipient(pending.id);
    if (pending === undefined || told === undefined || !isSame(told, holder ?? { ...told, agentId: before.agentId })) {
      note(context, before, move, isNews(before, move) ? (holder ?? lastTold(context, before, move, earlier)) : undefined);
      return;
    }
    changes.deleteMessage(pending);
    const whole = pending.move === undefined ? move : joined(pending.move, move);
    if (whole !== undefined) note(context, before, whole, told);
    // It has the task again, and was never told otherwise.
    else if (store.tasks.connectionOf(before.id) === undefined) store.tasks.setConnection(before.id, told.connectionId);
  });
}

/** No agent has been given it, nor is it on its way to one. */
function isUntaken({ store }: Pick<ServiceContext, 'store'>, { id, delivery }: Message): boolean {
  return delivery === 'queued' && store.deliveries.ofItem(id).length === 0;
}

function isSame(told: Holder, now: Pick<Holder, 'connectionId'> & { agentId: string | undefined }): boolean {
  return told.agentId === now.agentId && told.connectionId === now.connectionId;
}

/** What two moves come to; `undefined` if the second takes the first one back. */
function joined(first: Move, second: NotedMove): NotedMove | undefined {
  if (second.kind === 'status' && first.kind === 'status') return first.from === second.to ? undefined : { ...second, from: first.from };
  return second.kind === 'edit' ? second : undefined;
}

/** Whether the agent of a task is told of a move. It isn't if a finished task is archived, edited, or given out again to any agent. */
function isNews(task: Task, move: NotedMove): boolean {
  if (!isFinished(task) || move.kind === 'assign') return true;
  return move.kind === 'status' && (move.to !== 'notstarted' || isAwaited(task));
}

/** Who was told that the task is no longer theirs, and is to go on with it after all. */
function lastTold({ store }: ServiceContext, { agentId }: Task, move: NotedMove, earlier: readonly Message[]): Holder | undefined {
  if (move.kind === 'status' && (isFinished({ status: move.to }) || move.to === 'notstarted')) return undefined;
  if (move.kind === 'edit') return undefined;
  const [last] = earlier.flatMap(({ id }) => store.messages.recipient(id) ?? []);
  return last?.agentId === agentId ? last : undefined;
}

function note({ store, transact, clock, newId }: ServiceContext, task: Task, move: NotedMove, holder: Holder | undefined): void {
  transact((changes) => {
    const { id } = changes.createMessage({
      id: newId(),
      workspaceId: task.workspaceId,
      taskId: task.id,
      createdAt: timestamp(clock),
      sender: 'human',
      kind: 'status',
      ...wordsOf(task, move),
      move,
      ...(holder !== undefined && { delivery: 'queued' }),
    });
    if (holder !== undefined) store.messages.setRecipient(id, holder);
  });
}

/** What an agent reads of a move. */
function wordsOf(task: Task, move: NotedMove): { action: TaskAction; text: string } {
  switch (move.kind) {
    case 'status': {
      const { to } = move;
      if (isAwaited(task)) return { action: actionOf[to] ?? 'text', text: waitedForTexts[to] };
      return { action: to === 'rejected' ? 'reject' : 'text', text: statusTexts[to] };
    }
    case 'archive':
      return {
        action: 'text',
        text: move.archived
          ? 'The user has put this task away. Stop working on it.'
          : 'The user has taken this task out of the archive again.',
      };
    case 'assign':
      return { action: 'text', text: assignText(task, move) };
    case 'edit':
      return { action: 'text', text: 'The user has changed the words of this task. Read it again with getTask.' };
    default:
      return assertNever(move);
  }
}

function assignText(task: Task, { to, agentId }: Extract<Move, { kind: 'assign' }>): string {
  if (to === 'human') return 'The user does this task themselves. Stop working on it.';
  if (agentId === undefined || agentId === task.agentId) return 'The user has given this task to an agent.';
  return 'The user has given this task to another agent. Stop working on it.';
}

const actionOf: { readonly [S in TaskStatus]?: TaskAction } = { completed: 'allow', rejected: 'reject' };

const waitedForTexts: { readonly [S in TaskStatus]: string } = {
  notstarted: 'The user has put this task back among what is to be done.',
  ongoing: 'The user has begun with this task.',
  blocked: 'The user can not go on with this task.',
  completed: 'done',
  rejected: 'The user has rejected this task.',
  cron: 'The user has scheduled this task.',
};

const statusTexts: { readonly [S in TaskStatus]: string } = {
  notstarted: 'The user has put this task back into the queue. Stop working on it; it is given out again.',
  ongoing: 'The user has moved this task to ongoing. Go on with it.',
  blocked: 'The user has moved this task to blocked. Stop working on it until they say more.',
  completed: 'The user has moved this task to completed. There is nothing left to do in it.',
  rejected: 'The user has rejected this task. Stop working on it.',
  cron: 'The user has scheduled this task.',
};

/** An agent has made this task for the user, and waits for it: it has the task also while it has nothing to do in it. */
export function isAwaited({ assignee, createdBy }: Pick<Task, 'assignee' | 'createdBy'>): boolean {
  return assignee === 'human' && createdBy === 'agent';
}
