import assert from 'node:assert/strict';
import { type FromPage, parseFromPage } from '../../../src/protocol/fromPanelPage.ts';
import { limits } from '../../../src/protocol/limits.ts';

const requestId = 'request0001';
const sound: FromPage[] = [
  { type: 'ready' },
  { type: 'reply', text: 'x', key: 'key00000', answers: null },
  { type: 'answer', requestId, choices: ['a'], text: 'b' },
  { type: 'decide', requestId, decision: 'deny', note: 'n' },
  { type: 'always', requestId },
  { type: 'takeBack', requestId },
  { type: 'openLink', address: 'https://x.example' },
  { type: 'openPlace', place: 'a.ts:1' },
  { type: 'openAbout', requestId },
  { type: 'openPatch', patch: '--- a' },
  { type: 'reply', text: '', key: 'key00000', attachmentIds: ['file0000001'], answers: { requestId, choices: ['a'] } },
  { type: 'attach', file: 'key00000', name: 'a', mimeType: '', size: 0 },
  { type: 'attachPart', file: 'key00000', bytes: new ArrayBuffer(limits.partBytes) },
  { type: 'detach', file: 'key00000' },
  { type: 'chooseFiles' },
  { type: 'showPicture', attachmentId: 'file0000001' },
  { type: 'openFile', attachmentId: 'file0000001' },
  { type: 'saveFile', attachmentId: 'file0000001' },
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
      { type: 'reply', text: '', key: 'key00000', answers: null },
      { type: 'reply', text: 'x' },
      { type: 'reply', text: '', key: 'key00000', attachmentIds: [] },
      { type: 'reply', text: 'x', key: 'key00000', attachmentIds: ['../../x'] },
      { type: 'reply', text: 'x', key: 'key00000', attachmentIds: Array.from({ length: limits.attachments + 1 }, () => 'file0000001') },
      { type: 'attach', file: '../../key', name: 'a', mimeType: '', size: 0 },
      { type: 'attach', file: 'key00000', name: 'a', mimeType: '', size: -1 },
      { type: 'attach', file: 'key00000', name: 'a'.repeat(2_000), mimeType: '', size: 1 },
      { type: 'attachPart', file: 'key00000', bytes: new ArrayBuffer(limits.partBytes + 1) },
      { type: 'attachPart', file: 'key00000', bytes: new ArrayBuffer() },
      { type: 'attachPart', file: 'key00000', bytes: 'x' },
      { type: 'saveFile', attachmentId: '../../x' },
      { type: 'saveFile', attachmentId: 'file0000001x', path: '/etc' },
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
