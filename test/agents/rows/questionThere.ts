import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../../support/waitFor.ts';
import type { Step } from '../model/script.ts';
import { openSession } from './dialogs/dialogSession.ts';
import { type Row, works } from './row.ts';

const waitMs = 180_000;

/** Its model asks with a tool of the agent's own, which its window alone can answer: the board says so until that is done. */
export const questionThere: Row = async (play) => {
  const { agent, stage } = play;
  const { asks } = agent;
  if (asks === undefined) throw new Error(`nobody says how ${agent.name} asks`);
  const { call, dialog, told, mode } = asks;
  const waits = async (): Promise<string | undefined> =>
    (await stage.api.call('getBoard', {})).agents.find(({ waitsElsewhere }) => waitsElsewhere !== undefined)?.waitsElsewhere?.text;
  const says = (wanted: string | undefined): Promise<void> =>
    waitFor(`the board to say: ${wanted ?? 'nothing'}`, async () => (await waits()) === wanted || (await pause(100), false), waitMs);

  const steps: Step[] = [call, { told, say: 'A file it is.' }];
  const session = await openSession(play, 'question there', mode === undefined ? steps : [{ say: 'I am there.' }]);
  if (mode !== undefined) {
    await session.played();
    await session.pressAway(mode.notYet, mode.key);
    await session.begin(steps);
  }
  await session.shows(dialog);
  await says('It asks you a question.');
  await session.pressAway(dialog, 'Enter');
  await session.played();
  await says(undefined);
  return works;
};
