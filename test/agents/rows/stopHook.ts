import { beginTask } from './createdTask.ts';
import { type Row, works } from './row.ts';

/** What the user has written meanwhile keeps it from ending its turn. */
export const stopHook: Row = async ({ run, user }) => {
  let taskId = '';
  await run([
    ...beginTask((id) => void (taskId = id)),
    { first: () => user.write(taskId, 'Use tabs.'), say: 'I am done.' },
    { told: /Use tabs\./, say: 'I use tabs.' },
  ]);
  return works;
};
