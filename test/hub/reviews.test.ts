import assert from 'node:assert/strict';
import { HubError } from '../../src/protocol/hubErrors.ts';
import { limits } from '../../src/protocol/limits.ts';
import type { AnswerDraft, Request } from '../../src/protocol/model.ts';
import { connectGateway } from '../support/gatewayClient.ts';
import { connectAgent, eras, type TestAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const place = { file: 'src/pay.ts', line: 12, end_line: 20, snippet: 'charge(card);' };

for (const era of eras) {
  describe(`an agent of the ${era} era that hands in its work`, () => {
    let test: TestHub;
    let agent: TestAgent;

    beforeEach(async () => {
      test = await startTestHub();
      agent = await connectAgent(era, test.agentAddress());
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    async function live(): Promise<Request> {
      let found: Request | undefined;
      await waitFor('the request', async () => {
        [found] = (await test.api.call('getBoard', {})).requests;
        return found !== undefined;
      });
      return found ?? assert.fail();
    }
    const answer = (requestId: string, draft: AnswerDraft) =>
      test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, ...draft });
    const isRefused = (error: unknown) => error instanceof HubError && error.code === 'invalid_input';

    it('is told that it is approved, and the user sees the place', async () => {
      const asking = agent.call('requestReview', { summary: 'Payments retry.', ...place, wait_s: 30 });
      const request = await live();
      assert.deepEqual(
        [request.kind, request.question, request.choices, request.place],
        ['review', 'Payments retry.', [], { file: 'src/pay.ts', line: 12, endLine: 20, snippet: 'charge(card);' }],
      );
      await answer(request.id, { decision: 'approve' });
      const { text, structured } = await asking;
      assert.equal(text, `The user has approved this.\nRequest: ${request.id}\nReview: Payments retry.`);
      assert.equal(structured['status'], 'answered');
      assert.equal((structured['answer'] as AnswerDraft).decision, 'approve');
    });

    it('is told what to change when it is sent back, also if it did not wait, and may ask anew after that', async () => {
      const review = { summary: 'Payments retry.', ...place, wait_s: 0 };
      const pending = await agent.call('requestReview', review);
      const requestId = String(pending.structured['requestId']);
      assert.match(
        pending.text,
        /^Pending: .*\nRequest: .*\nReview: Payments retry\.\nCall waitForReply .* the review stays on their board/s,
      );
      assert.equal((await agent.call('requestReview', review)).structured['requestId'], requestId, 'asked twice, it is one');
      await answer(requestId, { decision: 'sendBack', note: 'Test it.' });
      const { texts } = await agent.call('getWorkspace');
      assert.match(
        texts[1] ?? '',
        /The user has sent this back\. Change it, then ask for another review\.\nTheir note: Test it\.\nRequest/,
      );
      await agent.call('getWorkspace');
      assert.notEqual((await agent.call('requestReview', review)).structured['requestId'], requestId);
    });

    it('gets a verdict and nothing else', async () => {
      const review = await agent.call('requestReview', { summary: 'Done.', wait_s: 0 });
      const reviewId = String(review.structured['requestId']);
      for (const draft of [{ decision: 'allow' }, { text: 'fine' }, { decision: 'approve', text: 'fine' }, {}] as AnswerDraft[]) {
        await assert.rejects(answer(reviewId, draft), isRefused, JSON.stringify(draft));
      }
      const question = await agent.call('askHuman', { question: 'Done?', wait_s: 0 });
      await assert.rejects(answer(String(question.structured['requestId']), { decision: 'approve' }), isRefused);
      assert.equal((await agent.call('requestReview', { summary: '  ' })).text, 'summary is required');
    });

    it('asks about lines of a file, each place a question of its own', async () => {
      const ask = async (where: object) =>
        (await agent.call('askHuman', { question: 'Why?', wait_s: 0, ...where })).structured['requestId'];
      const first = await ask({ file: '/home/me/a.ts', line: 3 });
      assert.equal(await ask({ file: '/home/me/a.ts', line: 3 }), first);
      assert.notEqual(await ask({ file: '/home/me/a.ts', line: 4 }), first);
      assert.notEqual(await ask({}), first);
      const { requests } = await test.api.call('getBoard', {});
      assert.deepEqual(
        requests.map((request) => request.place),
        [{ file: '/home/me/a.ts', line: 3 }, { file: '/home/me/a.ts', line: 4 }, undefined],
      );
    });

    it('asks even if the place is none, and is told in a sentence', async () => {
      const none = undefined;
      const wrong = [
        { where: { line: 3 }, at: none },
        { where: { file: 'a\nb' }, at: none },
        { where: { file: 'a', line: -1 }, at: { file: 'a', line: 1 } },
        { where: { file: 'a', line: 5, end_line: 4 }, at: { file: 'a', line: 5 } },
        { where: { file: 'x'.repeat(limits.path + 1) }, at: none },
        { where: { file: 'a', snippet: 'x'.repeat(limits.snippet + 1) }, at: { file: 'a', line: 1 } },
      ];
      for (const [index, { where, at }] of wrong.entries()) {
        const { isError, texts } = await agent.call('askHuman', { question: `Why ${index}?`, wait_s: 0, ...where });
        assert.deepEqual([isError, /was left out|were left out/.test(texts[1] ?? '')], [false, true], JSON.stringify(where));
        const { requests } = await test.api.call('getBoard', {});
        assert.deepEqual(requests.find(({ question }) => question === `Why ${index}?`)?.place, at);
      }
    });
  });
}

describe('a task about lines of a file', () => {
  it('says so to the agent that gets it, asked for or pushed', async () => {
    const test = await startTestHub();
    const gateway = await connectGateway('acp-gateway', test.agentAddress());
    const { workspaceId, api } = test;
    const at = { file: 'src/pay.ts', line: 12, endLine: 13, snippet: 'charge(card);' };
    const { task } = await api.call('createTask', { workspaceId, title: 'Fix', body: 'It fails.', place: at });
    assert.deepEqual(task.place, at);
    assert.deepEqual((await api.call('getBoard', {})).tasks[0]?.place, at);
    assert.equal(
      await gateway.call('getTask', { taskId: task.id }),
      `Task details:\nID: ${task.id}\nTitle: Fix\nStatus: notstarted\nDetails: It fails.\n\nFile: src/pay.ts, lines 12 to 13\ncharge(card);`,
    );
    await assert.rejects(
      api.call('createTask', { workspaceId, title: 'Fix', place: { file: 'a', line: 2, endLine: 1 } }),
      (error) => error instanceof HubError && /endLine comes before line/.test(error.message),
    );
    await gateway.close();
    await test.dispose();
  });
});
