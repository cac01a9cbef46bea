import assert from 'node:assert/strict';
import { beginTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** What the user writes reaches it with its next result, and the call after that proves it. */
export const unreadMessage: Row = async ({ run, user, stage: { api, workspaceId } }) => {
  let taskId = '';
  await run([
    ...beginTask((id) => void (taskId = id)),
    { first: () => user.write(taskId, 'Use tabs.'), hub: 'getWorkspace' },
    { told: /Use tabs\./, hub: 'getWorkspace' },
    { say: 'I use tabs.' },
  ]);
  const { messages } = await api.call('getTask', { workspaceId, taskId });
  assert.equal(messages.find(({ sender }) => sender === 'human')?.delivery, 'delivered');
  return works;
};
