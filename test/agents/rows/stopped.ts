import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../../support/waitFor.ts';
import type { Step } from '../model/script.ts';
import { beginTask } from './createdTask.ts';
import { exactly, openSession } from './dialogs/dialogSession.ts';
import { type Row, works } from './row.ts';

const words = 'Wrong branch';
const stopText = `action=text: The person has stopped this task. Stop working on it, and wait for what they say next. They say: ${words}`;

/** Claude Code says that it is idle when it has been for a minute, and nothing before that. */
const provenMs = 150_000;

/**
 * The user stops the task that it works on. Its next tool doesn't run, its model is told their words, and the board says that it has
 * stopped; or it reads them with its next result, and the board says that it was asked to.
 */
export const stopped: Row = async (play) => {
  const { agent, run, stage } = play;
  const { api, workspaceId, folder } = stage;
  let taskId = '';
  const stop = async (): Promise<void> => void (await api.call('stopTask', { workspaceId, taskId, text: words }));
  const state = async (): Promise<string | undefined> => (await api.call('getTask', { workspaceId, taskId })).task.stop?.state;
  const says = (wanted: string): Promise<void> =>
    waitFor(`the board to say ${wanted}`, async () => (await state()) === wanted || (await pause(100), false), provenMs);
  const begin = beginTask((id) => void (taskId = id));
  const isOngoing = { told: /status=ongoing/, first: stop };
  const hears: Step = { told: exactly(stopText), say: 'I stop.' };

  if (agent.stops === 'nothing') {
    await run([...begin, { ...isOngoing, hub: 'getWorkspace' }, hears]);
    assert.equal(await state(), 'asked', 'nothing has proven that it has stopped');
    return { kind: 'no', reason: 'No hook of it refuses a tool: it is told in words, and the board says that it was asked to stop.' };
  }
  const refused: Step = { ...isOngoing, shell: 'touch stopped.txt' };
  if (agent.stops === 'its turn') {
    const session = await openSession(play, 'stopped', [...begin, refused]);
    await session.played();
    await says('stopped');
    await session.shows(/Wrong branch/);
    await session.begin([hears]);
    await session.played();
  } else {
    await run([...begin, refused, hears]);
    await says('stopped');
  }
  assert.ok(!existsSync(join(folder, 'stopped.txt')), 'what was refused did not run');
  return works;
};
