import assert from 'node:assert/strict';
import { createAskPlan } from '../../../../src/ui/dialogs/askPlan.ts';
import { createDrafts } from '../../../../src/ui/shell/drafts.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { english, request } from '../support/fixtures.ts';

const plan = '# Plan\n\n1. Write the notes.\n';

function setUp(draft: string | undefined, ...script: Act[]) {
  const sent: unknown[] = [];
  const opened: string[] = [];
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const ask = createAskPlan({
    prompts,
    pages,
    drafts: createDrafts(new FakeMemory(), createFakeClock()),
    send: async (requestId, answer) => void sent.push([requestId, answer]),
    openDraft: async (text) => {
      opened.push(text);
      return { text: () => draft };
    },
    l10n: english,
  });
  const asked = request({ kind: 'review', question: plan, dialog: { kind: 'plan' } });
  const asking = { request: asked, folder: undefined, title: 'Claude Code has a plan', signal: new AbortController().signal, buttons: [] };
  return { ask: () => ask(asking), sent, opened, prompts, pages };
}

describe('a plan', () => {
  it('is approved in a mode, or planned further with words', async () => {
    for (const [script, draft] of [
      [[{ pick: ['Approve'] }], { decision: 'approve', mode: 'manual' }],
      [[{ pick: ['Approve and Accept Edits'] }], { decision: 'approve', mode: 'acceptEdits' }],
      [[{ pick: ['Keep Planning…'] }, { type: 'Tests, please.' }], { decision: 'sendBack', note: 'Tests, please.' }],
    ] as [Act[], object][]) {
      assert.deepEqual(await setUp(undefined, ...script).ask(), { kind: 'answer', draft });
    }
  });

  it('offers neither what approves at once nor a mode that allows more than edits, and stands on a page beside', async () => {
    const { ask, prompts, pages } = setUp(undefined);
    let meanwhile: string[] = [];
    prompts.will({ meanwhile: () => (meanwhile = [...pages.reviewed]), then: 'escape' });
    assert.deepEqual(await ask(), { kind: 'dismissed' });
    assert.deepEqual([meanwhile, [...pages.reviewed]], [['request0001'], []]);
    const [shown] = prompts.shown;
    assert.ok(shown?.kind === 'pick');
    assert.deepEqual(shown.labels, ['Keep Planning…', 'Approve', 'Approve and Accept Edits', 'Edit the Plan…']);
    assert.equal(shown.options.guard, 'typing');
  });

  it('is sent as the user has changed it in the editor', async () => {
    const { ask, sent, opened } = setUp('# Better', { pick: ['Edit the Plan…'] }, { press: 'Approve and Accept Edits' });
    assert.deepEqual(await ask(), { kind: 'dismissed' });
    await new Promise(setImmediate);
    assert.deepEqual([opened, sent], [[plan], [['request0001', { decision: 'approve', mode: 'acceptEdits', plan: '# Better' }]]]);
  });

  it('is not sent when its editor was closed, or when nobody approves it', async () => {
    const closed = setUp(undefined, { pick: ['Edit the Plan…'] }, { press: 'Approve' });
    await closed.ask();
    await new Promise(setImmediate);
    assert.deepEqual(closed.sent, []);
    assert.match(closed.prompts.texts.at(-1) ?? '', /nothing was sent/);
    const left = setUp('# Better', { pick: ['Edit the Plan…'] }, 'escape');
    await left.ask();
    await new Promise(setImmediate);
    assert.deepEqual(left.sent, []);
  });
});
