import { createdTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** The hub's own tools run without anybody being asked for leave. */
export const preApproval: Row = async ({ run, user }) => {
  await run([
    { hub: 'createTask', input: { title: 'Release', body: 'Write the notes.' } },
    { hub: 'updateTaskStatus', input: (told) => ({ taskId: createdTask(told), status: 'ongoing' }) },
    { told: /status=ongoing/, say: 'It is begun.' },
  ]);
  return user.ownTools().length === 0 ? works : { kind: 'no', reason: 'Leave for the hub’s own tools is asked for on the board.' };
};
