import assert from 'node:assert/strict';
import { createdTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** It makes a task, moves it and reports in it. */
export const tasks: Row = async ({ run, stage: { api, workspaceId } }) => {
  let taskId = '';
  await run([
    { told: /Do what is next/, hub: 'createTask', input: { title: 'Release', body: 'Write the notes.' } },
    {
      first: (told) => void (taskId = createdTask(told)),
      hub: 'updateTaskStatus',
      input: (told) => ({ taskId: createdTask(told), status: 'ongoing' }),
    },
    { told: /status=ongoing/, hub: 'reply', input: () => ({ chatId: taskId, text: 'On it.' }) },
    { told: /reply sent/, hub: 'updateTaskStatus', input: () => ({ taskId, status: 'completed' }) },
    { told: /status=completed/, say: 'It is done.' },
  ]);
  const { task, messages } = await api.call('getTask', { workspaceId, taskId });
  assert.equal(task.status, 'completed');
  assert.ok(messages.some(({ text, sender }) => text === 'On it.' && sender === 'agent'));
  return works;
};
