import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, works } from './row.ts';
import { waitsThere } from './waitsThere.ts';

/** It asks on the board before it runs a command: allowed, it runs; denied, its model is told the user's words. */
export const permission: Row = async ({ runUnless, user, stage: { folder } }) => {
  const isThere = (name: string): boolean => existsSync(join(folder, name));
  const wasPlayed = await runUnless(user.isAskedElsewhere, [
    { first: () => user.answersNext('permission', { decision: 'allow' }), shell: 'touch allowed.txt && echo made-$((40+2))' },
    {
      told: /made-42/,
      first: () => user.answersNext('permission', { decision: 'deny', note: 'Not before Monday.' }),
      shell: 'touch denied.txt',
    },
    { told: /Not before Monday\./, say: 'I wait for Monday.' },
  ]);
  assert.equal(isThere('allowed.txt'), wasPlayed, 'what was allowed ran, and nothing before it was');
  assert.ok(!isThere('denied.txt'), 'what was denied did not run');
  return wasPlayed ? works : waitsThere;
};
