import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, works } from './row.ts';

/** What lets it use the hub's tools unasked lets it do nothing else: of a command it still asks, and doesn't run it before. */
export const stillAsks: Row = async ({ agent, runUnless, user, stage: { folder, model } }) => {
  const isAsked = async (): Promise<boolean> => (agent.rejectsWhatItAsks ?? false) || (await user.isAskedElsewhere());
  const wasPlayed = await runUnless(isAsked, [
    { hub: 'getWorkspace' },
    { first: () => user.answersNext('permission', { decision: 'deny', note: 'Not before Monday.' }), shell: 'touch asked.txt' },
    { told: /Not before Monday\./, say: 'I wait for Monday.' },
  ]);
  assert.ok(wasPlayed || model.left() === 1, 'it came as far as the command');
  assert.ok(!existsSync(join(folder, 'asked.txt')), 'what nobody has allowed did not run');
  assert.deepEqual(user.ownTools(), [], 'nobody was asked for a tool of the hub');
  return works;
};
