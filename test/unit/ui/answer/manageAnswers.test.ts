import assert from 'node:assert/strict';
import { manageAnswers } from '../../../../src/ui/answer/manageAnswers.ts';
import { createSavedAnswers } from '../../../../src/ui/answer/savedAnswers.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english, workspaceId } from '../support/fixtures.ts';

function setUp(...script: Act[]) {
  const prompts = new FakePrompts(...script);
  const saved = createSavedAnswers(new FakeMemory());
  const deps = { board: new FakeBoardStore(board()), prompts, workspaceIds: () => [workspaceId], l10n: english };
  return { prompts, saved, run: () => manageAnswers(deps, saved) };
}

describe('manageAnswers', () => {
  it('adds one, and says where there is none yet', async () => {
    const { run, prompts, saved } = setUp({ pick: ['Add an Answer…'] }, { type: 'Use pnpm.' });
    await run();
    const pick = prompts.shown[0];
    assert.deepEqual(pick?.kind === 'pick' && [pick.labels, pick.options.placeholder], [['Add an Answer…'], 'No saved answers yet.']);
    assert.deepEqual(saved.list(workspaceId), ['Use pnpm.']);
  });

  it('keeps the last answer that was given, once', async () => {
    const { run, prompts, saved } = setUp({ pick: ['Save “Never touch migrations.”'] }, 'escape');
    saved.lastGiven = { workspaceId, text: 'Never touch migrations.' };
    await run();
    assert.deepEqual(saved.list(workspaceId), ['Never touch migrations.']);
    await run();
    const pick = prompts.shown.at(-1);
    assert.deepEqual(pick?.kind === 'pick' && pick.labels, ['Never touch migrations.', 'Add an Answer…']);
  });

  it('deletes one after it was shown whole, and brings it back', async () => {
    const text = 'First line.\nSecond line.';
    const { run, prompts, saved } = setUp({ pick: ['First line.'] }, { press: 'Delete' }, { press: 'Undo' });
    saved.add(workspaceId, text);
    await run();
    const shown = prompts.shown[1];
    assert.equal(shown?.kind === 'explain' && shown.detail, text);
    assert.deepEqual(saved.list(workspaceId), [text]);
    prompts.will({ pick: ['First line.'] }, { press: 'Delete' });
    await run();
    assert.deepEqual(saved.list(workspaceId), []);
  });
});
