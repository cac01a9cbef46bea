import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Play } from '../play.ts';
import { type Row, works } from './row.ts';

/** It asks on the board before it runs a command: allowed, it runs; denied, its model is told the user's words. */
export const permission: Row = async ({ run, user, stage: { folder } }) => {
  const verdicts: Promise<void>[] = [];
  await run([
    { first: () => decide({ decision: 'allow' }), shell: 'touch allowed.txt && echo made-$((40+2))' },
    { told: /made-42/, first: () => decide({ decision: 'deny', note: 'Not before Monday.' }), shell: 'touch denied.txt' },
    { told: /Not before Monday\./, say: 'I wait for Monday.' },
  ]);
  await Promise.all(verdicts);
  assert.ok(existsSync(join(folder, 'allowed.txt')), 'what was allowed ran');
  assert.ok(!existsSync(join(folder, 'denied.txt')), 'what was denied did not run');
  return works;

  function decide(answer: Parameters<Play['user']['answer']>[1]): void {
    verdicts.push(user.asked('permission').then((request) => user.answer(request, answer)));
  }
};
