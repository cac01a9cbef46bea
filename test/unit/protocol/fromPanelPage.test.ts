import assert from 'node:assert/strict';
import { type FromPage, parseFromPage } from '../../../src/protocol/fromPanelPage.ts';

const requestId = 'request0001';
const sound: FromPage[] = [
  { type: 'ready' },
  { type: 'reply', text: 'x', key: 'key00000' },
  { type: 'answer', requestId, choices: ['a'], text: 'b' },
  { type: 'decide', requestId, decision: 'deny', note: 'n' },
  { type: 'always', requestId },
  { type: 'takeBack', requestId },
  { type: 'openLink', address: 'https://x.example' },
  { type: 'openPlace', place: 'a.ts:1' },
  { type: 'openAbout', requestId },
  { type: 'openPatch', patch: '--- a' },
];

describe('what a page says', () => {
  for (const message of sound) it(`may be ${message.type}`, () => assert.deepEqual(parseFromPage(message), message));

  it('is nothing else, and names no command', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      {},
      { type: 'command', command: 'workbench.action.quit' },
      { type: 'reply', text: '', key: 'key00000' },
      { type: 'reply', text: 'x' },
      { type: 'decide', requestId: '../../x', decision: 'allow' },
      { type: 'decide', requestId, decision: 'always' },
      { type: 'answer', requestId, text: 1 },
      { type: 'openLink', address: 'x'.repeat(9_000) },
      { type: 'openPatch', patch: 'x'.repeat(300_000) },
    ])
      assert.equal(parseFromPage(message), undefined, JSON.stringify(message)?.slice(0, 100));
  });

  it('loses members that don’t belong to it', () => {
    assert.deepEqual(parseFromPage({ type: 'ready', status: 'answered', taskId: 'x' }), { type: 'ready' });
  });
});
