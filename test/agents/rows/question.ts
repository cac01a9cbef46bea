import assert from 'node:assert/strict';
import { type Row, works } from './row.ts';

/** It asks, and its call waits until the user has answered. */
export const question: Row = async ({ run, user, stage: { api } }) => {
  await run([
    {
      first: () => user.answersNext('question', { choices: ['Staging'] }),
      hub: 'askHuman',
      input: { question: 'Where to?', choices: ['Staging', 'Production'] },
    },
    { told: /answered[^]*Staging/, hub: 'getWorkspace' },
    { say: 'It goes to staging.' },
  ]);
  const { requests } = await api.call('getBoard', {});
  assert.equal(requests.find(({ kind }) => kind === 'question')?.status, 'delivered');
  return works;
};
