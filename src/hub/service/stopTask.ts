import { HubError } from '../../protocol/hubErrors.ts';
import type { Message, Task } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { answerRequest } from './answers.ts';
import type { Caller } from './caller.ts';
import { clearStop } from './clearStop.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { holderOf } from './moveNotes.ts';
import { takeStep } from './requestState.ts';

// A stop is a message to the agent that has the task. A gateway is told to cancel; an agent with hooks has its tools refused; any other
// agent reads the message with its next result. Only the first two are proven to have stopped anything.

/**
 * The user stops the work on a task, with words to the agent or without. Open requests of the agent in it are taken back, and its open
 * permissions are denied. A stop that is under way stays as it is.
 * @throws HubError `task_not_found`, or `nothing_to_stop` if no agent works on it
 */
export function stopTask(
  context: ServiceContext,
  { workspaceId, taskId, text }: { workspaceId: string; taskId: string; text: string },
): Task {
  const { store, transact, clock, newId } = context;
  const task = findTask(store, workspaceId, taskId);
  if (task.stop?.state === 'asked') return task;
  const holder = holderOf(context, task);
  if (task.status !== 'ongoing' || holder === undefined) {
    throw new HubError('nothing_to_stop', 'No agent works on this task now, so there is nothing to stop. Move the task, or write into it.');
  }
  const said = text.trim();
  const words = said === '' ? stopText : `${stopText} They say: ${said}`;
  return transact((changes) => {
    for (const request of store.requests.openOfTask(taskId)) {
      if (request.agentId !== holder.agentId || request.kind === 'task') continue;
      if (request.kind === 'permission') answerRequest(context, workspaceId, request.id, { decision: 'deny', note: words });
      else takeStep(context, request, 'withdraw');
    }
    const at = timestamp(clock);
    const { id: messageId } = changes.createMessage({
      id: newId(),
      workspaceId,
      taskId,
      createdAt: at,
      sender: 'human',
      kind: 'status',
      move: { kind: 'stop', ...(said !== '' && { words: said }) },
      action: 'text',
      text: words,
      delivery: 'queued',
    });
    store.messages.setRecipient(messageId, holder);
    return changes.updateTask({ ...findTask(store, workspaceId, taskId), stop: { state: 'asked', at, messageId }, updatedAt: at });
  });
}

const stopText = 'The user has stopped this task. Stop working on it, and wait for what they say next.';

/** The stops that this connection is to hear of: of the tasks that its agent works on in this very session. */
function stopsFor({ store }: ServiceContext, { agent, connectionId }: Caller): { task: Task; stop: NonNullable<Task['stop']> }[] {
  return store.tasks.ongoingOfAgent(agent.id).flatMap((task) => {
    return task.stop === undefined || store.tasks.hook(task.id) !== connectionId ? [] : [{ task, stop: task.stop }];
  });
}

/**
 * The message with which the next tool of this session is to be refused, as long as the stop stands: one tool for each stop, every tool
 * of a session that is to end its turn, and of its subagents. `isReceipt`: whether it is handed over by that.
 */
export function refusalFor(
  context: ServiceContext,
  caller: Caller,
  { inSubagent, isEnding }: { inSubagent: boolean; isEnding: boolean },
): { message: Message; isReceipt: boolean } | undefined {
  const { store } = context;
  for (const { stop } of stopsFor(context, caller)) {
    const message = store.messages.get(stop.messageId);
    if (message === undefined) continue;
    const isGiven = store.deliveries
      .ofItem(message.id)
      .some(({ connectionId, state }) => connectionId === caller.connectionId && (state === 'flying' || state === 'sent'));
    const isReceipt = !inSubagent && stop.state === 'asked' && !isGiven;
    if (isReceipt || inSubagent || isEnding) return { message, isReceipt };
  }
  return undefined;
}

/** The turn of this session has ended, so nothing is left to stop, whether or not it has heard of it. */
export function noteTurnEnded(context: ServiceContext, caller: Caller): void {
  const { store, transact } = context;
  for (const { task, stop } of stopsFor(context, caller)) {
    if (stop.state === 'stopped') continue;
    transact((changes) => {
      const message = store.messages.get(stop.messageId);
      if (message !== undefined && message.delivery !== 'delivered') {
        const { delivery: _, ...noted } = message;
        store.deliveries.forget(message.id);
        changes.updateMessage(noted);
      }
      changes.updateTask({ ...task, stop: { ...stop, state: 'stopped' } });
    });
  }
}

/** The user has gone on with this session in its own window, so what they stopped there is over. */
export function noteUserWentOn(context: ServiceContext, caller: Caller): void {
  for (const { task } of stopsFor(context, caller)) clearStop(context, task.id);
}
