import { beginTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** The hub dies between two calls and comes back; the agent goes on as if nothing had been. */
export const restartedHub: Row = async ({ run, stage }) => {
  let taskId = '';
  await run([
    ...beginTask((id) => void (taskId = id)),
    { told: /status=ongoing/, first: () => stage.restartHub(), hub: 'updateTaskStatus', input: () => ({ taskId, status: 'completed' }) },
    { told: /status=completed/, say: 'It is done.' },
  ]);
  return works;
};
