import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as fc from 'fast-check';
import type { Request } from '../../../../src/protocol/model.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { leavePrompts } from '../../../support/fakeVscode/quickInputs.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { runs } from '../../../support/generated.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { ago, board, permission, request } from '../support/fixtures.ts';
import { PassingTime } from '../support/passingTime.ts';
import { testAnswers } from '../support/testAnswers.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));
const vscode = await withFakeVscode(() => import('vscode'));

/** Keys that come faster than this are typed without a pause. Milliseconds. */
const strayMs = 400;

const kinds = [
  (of: Partial<Request>) => request({ ...of, choices: ['Yes', 'No'] }),
  (of: Partial<Request>) => permission({ input: JSON.stringify({ command: `make ${of.id}` }) }, of),
  (of: Partial<Request>) => request(of),
  (of: Partial<Request>) => request({ ...of, choices: ['a', 'd'], multiple: true }),
  (of: Partial<Request>) => request({ ...of, kind: 'review' }),
];

/** Ten requests, two of each kind, the oldest first. */
function ten(): Request[] {
  return Array.from({ length: 10 }, (_, at) => {
    const of = { id: `request${String(at).padStart(4, '0')}`, question: `Number ${at}?`, createdAt: ago(1_000 - at) };
    const made = kinds[at % kinds.length]?.(of);
    assert.ok(made);
    return made;
  });
}

/** What is typed on after a choice. Some of the letters pick in a list where they stand alone. */
const typed = fc.array(
  fc.record({
    gap: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: strayMs - 20 })),
    key: fc.constantFrom('x', 'a', 'd', '1', 'Enter'),
  }),
  { maxLength: 8 },
);
const histories = fc.record({
  bursts: fc.array(typed, { minLength: 10, maxLength: 10 }),
  /** How long the editor takes to tell of what was pressed, and the hub to take an answer. */
  editorTakes: fc.integer({ min: 0, max: 300 }),
  hubTakes: fc.integer({ min: 0, max: 300 }),
});

describe('a user who types on through a round of ten', () => {
  const time = new PassingTime(20);
  let editorTakes: number;

  beforeEach(() => {
    time.mock();
    mock.method(vscode.commands, 'executeCommand', () => after(editorTakes));
  });

  afterEach(() => {
    leavePrompts();
    mock.timers.reset();
    mock.restoreAll();
  });

  const after = (ms: number): Promise<void> => new Promise((resolve) => time.at(ms, resolve));
  const front = () => [...editor.quickPicks, ...editor.inputBoxes].find(({ visible }) => visible);

  function press(key: string): void {
    const prompt = front();
    assert.ok(prompt, 'a prompt is there, so that nothing goes into the file');
    if (key !== 'Enter') prompt.type(prompt.value + key);
    else prompt.enter();
  }

  /** What a user does who looks: it is taken by whatever prompt is there. */
  async function choose(): Promise<void> {
    const [pick, box] = [editor.quickPicks.find(({ visible }) => visible), editor.inputBoxes.find(({ visible }) => visible)];
    if (pick !== undefined) {
      const label = pick.labels.find((each) => ['Yes', 'Deny', 'a', 'Approve'].includes(each));
      assert.ok(label, pick.labels.join());
      pick.pick(label);
      if (pick.canSelectMany) pick.enter();
      return;
    }
    assert.ok(box);
    box.type('words');
    await time.pass(strayMs);
    box.enter();
  }

  it('decides what they have chosen, in its order, and nothing by what is typed without a pause after a choice', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ bursts, hubTakes, ...slow }) => {
        leavePrompts();
        resetEditor();
        time.reset();
        editorTakes = slow.editorTakes;
        const sent: string[] = [];
        const store = new FakeBoardStore(board({ requests: ten() }));
        const api = new FakeHubApi({
          async answerRequest({ requestId, workspaceId: _workspace, rule: _rule, ...draft }) {
            sent.push(`${requestId} ${JSON.stringify(draft)}`);
            await after(hubTakes);
            store.replace(board({ requests: [...store.board.requests.values()].filter(({ id }) => id !== requestId) }));
            return { request: request({ id: requestId, status: 'answered' }) };
          },
        });
        const round = testAnswers({ board: store, api, prompts }).next();
        for (const [at, burst] of bursts.entries()) {
          // Both have answered, and nothing was typed for a moment.
          await time.pass(3 * strayMs + 3 * 300);
          const there = front();
          assert.match(there?.title ?? '', new RegExp(`\\(${at + 1} of 10\\)`));
          assert.deepEqual([sent.length, there?.value], [at, ''], `prompt ${at + 1} before the user chooses`);
          await choose();
          for (const { gap, key } of at < 9 ? burst : []) {
            await time.pass(gap);
            press(key);
          }
          assert.ok(sent.length <= at + 1, `after prompt ${at + 1}: ${sent.join()}`);
        }
        await time.pass(3 * strayMs + 3 * 300);
        await round;
        assert.deepEqual(
          sent,
          ten().map(({ id }, at) => `${id} ${JSON.stringify(drafts[at % drafts.length])}`),
        );
      }),
      { numRuns: runs(20) },
    );
  });
});

const drafts = [{ choices: ['Yes'] }, { decision: 'deny' }, { text: 'words' }, { choices: ['a'] }, { decision: 'approve' }];
