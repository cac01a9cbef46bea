import assert from 'node:assert/strict';
import type { Step } from '../model/script.ts';

/** The id of the task that the result of `createTask` names. */
export function createdTask(told: string): string {
  return /task created with id=(\w{11})/.exec(told)?.[1] ?? assert.fail(`no task was made: ${told.slice(-500)}`);
}

/** The first steps of a script that works on a task: it is made, and ongoing. `then` gets its id before the model goes on. */
export function beginTask(noted: (taskId: string) => void): Step[] {
  return [
    { hub: 'createTask', input: { title: 'Release', body: 'Write the notes.' } },
    {
      first: (told) => noted(createdTask(told)),
      hub: 'updateTaskStatus',
      input: (told) => ({ taskId: createdTask(told), status: 'ongoing' }),
    },
  ];
}
