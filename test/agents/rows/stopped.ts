import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../../support/waitFor.ts';
import type { Step } from '../model/script.ts';
import { beginTask } from './createdTask.ts';
import { exactly } from './dialogs/dialogSession.ts';
import { type Row, works } from './row.ts';

const words = 'Wrong branch';
const told = exactly(
  `action=text: The user has stopped this task. Stop working on it, and wait for what they say next. They say: ${words}`,
);
const waitMs = 60_000;

/**
 * The user stops the task that it works on. None of its tools runs any more in this turn, its model is told their words each time, and the
 * board says that it has stopped; or it reads them with its next result, and the board says that it was asked to.
 */
export const stopped: Row = async ({ agent, run, stage: { api, workspaceId, folder } }) => {
  let taskId = '';
  const stop = async (): Promise<void> => void (await api.call('stopTask', { workspaceId, taskId, text: words }));
  const state = async (): Promise<string | undefined> => (await api.call('getTask', { workspaceId, taskId })).task.stop?.state;
  const begin = beginTask((id) => void (taskId = id));
  const isOngoing = { told: /status=ongoing/, first: stop };
  const hears: Step = { told, say: 'I stop.' };

  if (agent.refusesNoTool) {
    await run([...begin, { ...isOngoing, hub: 'getWorkspace' }, hears]);
    assert.equal(await state(), 'asked', 'nothing has proven that it has stopped');
    return { kind: 'no', reason: 'No hook of it refuses a tool: it is told in words, and the board says that it was asked to stop.' };
  }
  await run([...begin, { ...isOngoing, shell: 'touch next.txt' }, { told, shell: 'touch later.txt' }, hears]);
  await waitFor('the board to say that it has stopped', async () => (await state()) === 'stopped' || (await pause(100), false), waitMs);
  for (const name of ['next.txt', 'later.txt']) assert.ok(!existsSync(join(folder, name)), `${name}: what was refused did not run`);
  return works;
};
