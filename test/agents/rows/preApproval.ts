import { createdTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** The hub's own tools run without anybody being asked for permission. */
export const preApproval: Row = async ({ run, user }) => {
  await run([
    { hub: 'createTask', input: { title: 'Release', body: 'Write the notes.' } },
    { hub: 'updateTaskStatus', input: (told) => ({ taskId: createdTask(told), status: 'ongoing' }) },
    { told: /status=ongoing/, say: 'It is begun.' },
  ]);
  const [where] = user.ownTools();
  return where === undefined ? works : { kind: 'no', reason: `Leave for the hub’s own tools is asked for ${where}.` };
};
