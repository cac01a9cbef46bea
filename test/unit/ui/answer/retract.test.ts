import assert from 'node:assert/strict';
import type { Request } from '../../../../src/protocol/model.ts';
import { createRetraction } from '../../../../src/ui/answer/retract.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { ago, board, english, request, workspaceId } from '../support/fixtures.ts';

const asked = request();
const answered = request({ status: 'answered', updatedAt: ago(1), answer: { text: 'Yes.', at: ago(1) } });

function setUp(requests: Request[], ...script: Act[]) {
  const store = new FakeBoardStore(board({ requests }));
  const api = new FakeHubApi({ retractAnswer: () => ({ request: asked }) });
  const prompts = new FakePrompts(...script);
  const clock = createFakeClock();
  return { store, api, prompts, clock, takeBack: createRetraction({ board: store, api, prompts, clock, l10n: english }) };
}

const retracted = (id: string) => [{ name: 'retractAnswer', input: { workspaceId, requestId: id } }];

describe('taking back an answer', () => {
  it('is offered as long as no agent has the answer, also before its event has come', async () => {
    for (const after of [{ ...answered, handedOver: true }, request({ status: 'delivered', updatedAt: ago(0) }), undefined]) {
      const { takeBack, store, prompts, clock } = setUp([asked]);
      takeBack.answered(answered);
      assert.deepEqual(prompts.offered, [], 'most answers are gone at once');
      clock.advance(1_000);
      assert.equal(prompts.offered.map(({ command }) => command).join(), 'agentrq.takeBackAnswer');
      store.replace(board({ requests: [asked] }));
      store.replace(board({ requests: [answered] }));
      assert.equal(prompts.offered.length, 1);
      store.replace(board({ requests: after === undefined ? [] : [after] }));
      assert.deepEqual(prompts.offered, []);
    }
  });

  it('is not offered for what the agent has at once', () => {
    const { takeBack, store, prompts, clock } = setUp([asked]);
    takeBack.answered(answered);
    store.replace(board({ requests: [{ ...answered, handedOver: true }] }));
    clock.advance(1_000);
    assert.deepEqual([prompts.offered, clock.pending], [[], 0]);
  });

  it('opens the last one again, and offers it no more', async () => {
    const { takeBack, api, prompts, clock } = setUp([asked]);
    takeBack.answered(answered);
    clock.advance(1_000);
    await takeBack.take();
    assert.deepEqual([api.calls, prompts.offered], [retracted('request0001'), []]);
    assert.equal(prompts.texts.at(-1), 'Answer undone; the request is open again.');
  });

  it('is no longer offered when it was taken back elsewhere', () => {
    const { takeBack, store, prompts, clock } = setUp([asked]);
    takeBack.answered(answered);
    clock.advance(1_000);
    store.replace(board({ requests: [answered] }));
    store.replace(board({ requests: [{ ...asked, updatedAt: ago(0) }] }));
    assert.deepEqual(prompts.offered, []);
  });

  it('lets the user pick among those that can be', async () => {
    const given = { ...answered, id: 'request0002', handedOver: true };
    const { takeBack, api, prompts } = setUp([answered, given], { pick: ['Claude Code asks: Deploy to staging?'] });
    await takeBack.take();
    assert.deepEqual(api.calls, retracted('request0001'));
    const pick = prompts.shown[0];
    assert.equal(pick?.kind === 'pick' && pick.items.length, 1);
  });

  it('says why there is none, and when the request is gone', async () => {
    const { takeBack, api, prompts } = setUp([{ ...answered, handedOver: true }]);
    await takeBack.take();
    await takeBack.take('request0009');
    assert.match(prompts.texts[0] ?? '', /^No answer to undo: your answers are with their agents/);
    assert.match(prompts.texts[1] ?? '', /no longer on the board/);
    assert.deepEqual(api.calls, []);
  });
});
