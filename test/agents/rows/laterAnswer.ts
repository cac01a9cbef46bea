import assert from 'node:assert/strict';
import type { Request } from '../../../src/protocol/model.ts';
import { type Row, works } from './row.ts';

/** Its call ends before the user has answered, and it comes back for the answer. */
export const laterAnswer: Row = async ({ run, user }) => {
  let asked: Request | undefined;
  await run([
    { hub: 'askHuman', input: { question: 'Where to?', choices: ['Staging', 'Production'], wait_s: 1 } },
    {
      told: /waitForReply/,
      async first() {
        asked = await user.asked('question');
        await user.answer(asked, { choices: ['Production'] });
      },
      hub: 'waitForReply',
      input: () => ({ requestId: asked?.id ?? assert.fail() }),
    },
    { told: /answered[^]*Production/, say: 'It goes to production.' },
  ]);
  return works;
};
