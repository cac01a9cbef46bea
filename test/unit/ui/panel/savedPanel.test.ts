import assert from 'node:assert/strict';
import { readSavedPanel } from '../../../../src/ui/panel/savedPanel.ts';

describe('what a page left behind', () => {
  const saved = { workspaceId: 'workspace01', taskId: 'task0000001', title: 'T' };

  it('says whose panel it was', () => assert.deepEqual(readSavedPanel({ saved, drafts: {} }), saved));

  it('may say nothing', () => {
    for (const state of [
      undefined,
      null,
      1,
      {},
      { saved: null },
      { saved: { ...saved, taskId: '../x' } },
      { saved: { ...saved, title: 1 } },
    ])
      assert.equal(readSavedPanel(state), undefined);
  });
});
