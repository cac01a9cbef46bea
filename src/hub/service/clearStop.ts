import type { ServiceContext } from './context.ts';

/** The user says more, or the task is moved: the stop is over. Whoever has not heard of it by now never does. */
export function clearStop({ store, transact }: Pick<ServiceContext, 'store' | 'transact'>, taskId: string): void {
  const task = store.tasks.get(taskId);
  if (task?.stop === undefined) return;
  const { stop, ...rest } = task;
  transact((changes) => {
    const message = store.messages.get(stop.messageId);
    // Whoever was pushed it, and may have seen it, hears what the user says next after it.
    const isOut = store.offers.ofItem(stop.messageId).some((row) => row.state !== 'pushed');
    if (message?.delivery === 'queued' && !isOut) changes.deleteMessage(message);
    changes.updateTask(rest);
  });
}
