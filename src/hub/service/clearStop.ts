import type { ServiceContext } from './context.ts';

/** Ends a stop, because the user says more or moves the task. An agent that has not been told of it by now never is. */
export function clearStop({ store, transact }: Pick<ServiceContext, 'store' | 'transact'>, taskId: string): void {
  const task = store.tasks.get(taskId);
  if (task?.stop === undefined) return;
  const { stop, ...rest } = task;
  transact((changes) => {
    const message = store.messages.get(stop.messageId);
    // An agent that was pushed it may have seen it, so for that agent the message stays before what the user says next.
    const isOut = store.deliveries.ofItem(stop.messageId).some((row) => row.state !== 'pushed');
    if (message?.delivery === 'queued' && !isOut) changes.deleteMessage(message);
    changes.updateTask(rest);
  });
}
