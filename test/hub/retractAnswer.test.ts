import assert from 'node:assert/strict';
import { HubError } from '../../src/protocol/hubErrors.ts';
import type { Request } from '../../src/protocol/model.ts';
import { openRawStream } from '../support/rawStream.ts';
import { connectAgent, eras } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('an answer that the user takes back, on a real hub', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  const answer = async (requestId: string, draft: object): Promise<Request> =>
    (await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, ...draft })).request;
  const retract = async (requestId: string): Promise<Request> =>
    (await test.api.call('retractAnswer', { workspaceId: test.workspaceId, requestId })).request;
  const isRefused = (code: string) => (error: unknown) => error instanceof HubError && error.code === code;

  async function open(): Promise<Request> {
    let found: Request | undefined;
    await waitFor('an open request', async () => {
      found = (await test.api.call('getBoard', {})).requests.find(({ status }) => status === 'open');
      return found !== undefined;
    });
    return found ?? assert.fail();
  }

  for (const era of eras) {
    it(`never reaches an agent of the ${era} era that did not wait, and the next one does`, async () => {
      const agent = await connectAgent(era, test.agentAddress());
      const requestId = String((await agent.call('askHuman', { question: 'Deploy?', wait_s: 0 })).structured['requestId']);
      const asked = await open();
      await answer(requestId, { text: 'no' });
      const retracted = await retract(requestId);
      assert.deepEqual(retracted, { ...asked, updatedAt: retracted.updatedAt });
      assert.deepEqual(await retract(requestId), retracted, 'once is enough');
      assert.match((await agent.call('waitForReply', { requestId, wait_s: 0 })).text, /^Pending/);
      await answer(requestId, { text: 'yes' });
      assert.match((await agent.call('waitForReply', { requestId, wait_s: 0 })).text, /^The user answered: yes/);
      await agent.close();
    });

    it(`is not to be had back from an agent of the ${era} era that waits for it`, async () => {
      const agent = await connectAgent(era, test.agentAddress());
      const asking = agent.call('askHuman', { question: 'Deploy?', wait_s: 30 });
      const { id } = await open();
      await answer(id, { text: 'yes' });
      await assert.rejects(retract(id), isRefused('answer_on_its_way'));
      assert.match((await asking).text, /^The user answered: yes/);
      await agent.call('getWorkspace');
      await assert.rejects(retract(id), (error) => error instanceof HubError && /Reply to the task/.test(error.message));
      await agent.close();
    });
  }

  it('goes with the message that gave it, and windows are told', async () => {
    const { workspaceId, api } = test;
    const { task } = await api.call('createTask', { workspaceId, title: 'T' });
    const agent = await connectAgent('modern', test.agentAddress());
    await agent.call('askHuman', { question: 'Deploy?', taskId: task.id, wait_s: 0 });
    const { id } = await open();
    const { message } = await api.call('replyToTask', { workspaceId, taskId: task.id, text: 'yes' });
    const stream = await openRawStream(test.hub, { lastEventId: (await api.call('getBoard', {})).cursor });
    await retract(id);
    await waitFor('two events', () => stream.messages.length === 2);
    assert.deepEqual(JSON.parse(stream.messages[0]?.data ?? ''), {
      type: 'message.deleted',
      payload: { id: message.id, workspaceId, taskId: task.id },
    });
    stream.close();
    const { messages, requests } = await api.call('getTask', { workspaceId, taskId: task.id });
    assert.deepEqual([messages.filter(({ sender }) => sender === 'human'), requests[0]?.status], [[], 'open']);
    assert.match((await agent.call('waitForReply', { taskId: task.id, wait_s: 0 })).text, /^Pending/);
    await agent.close();
  });

  for (const draft of [{ decision: 'allow' }, { decision: 'allow', note: 'Only today.' }, { decision: 'deny' }]) {
    it(`is not to be had back from a hook that waits (${JSON.stringify(draft)})`, async () => {
      const { hub, workspaceId } = test;
      const asking = fetch(`${hub.url}/hooks/${workspaceId}/claude-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          session_id: 's1',
          cwd: '/',
          hook_event_name: 'PermissionRequest',
          tool_name: 'Bash',
          tool_input: { command: 'ls' },
        }),
      });
      const { id } = await open();
      await answer(id, draft);
      await assert.rejects(retract(id), isRefused('answer_on_its_way'));
      assert.match(await (await asking).text(), new RegExp(`"behavior":"${draft.decision}"`));
      await assert.rejects(retract(id), isRefused('answer_on_its_way'));
    });
  }

  it('leaves the rule that was made along with it', async () => {
    const { workspaceId, api } = test;
    const agent = await connectAgent('modern', test.agentAddress());
    const asking = new AbortController();
    const call = agent.call(
      'requestPermission',
      { tool_name: 'Bash', input: { command: 'ls' }, tool_use_id: 't1' },
      { signal: asking.signal },
    );
    const { id } = await open();
    asking.abort();
    await assert.rejects(call);
    await waitFor('the agent to be gone', async () => (await api.call('getBoard', {})).requests.length === 0);
    await answer(id, { decision: 'allow', rule: { text: 'Bash:ls' } });
    assert.equal((await retract(id)).status, 'open');
    assert.deepEqual(
      (await api.call('listRules', { workspaceId })).rules.map(({ text }) => text),
      ['Bash:ls'],
    );
    await agent.close();
  });

  it('is refused where there is none, and in another workspace', async () => {
    const agent = await connectAgent('modern', test.agentAddress());
    await agent.call('askHuman', { question: 'Deploy?', wait_s: 0 });
    const { id, workspaceId } = await open();
    await test.api.call('dismissRequest', { workspaceId, requestId: id });
    await assert.rejects(retract(id), isRefused('invalid_input'));
    const elsewhere = test.hub.openWorkspace('another').id;
    await assert.rejects(test.api.call('retractAnswer', { workspaceId: elsewhere, requestId: id }), isRefused('request_not_found'));
    await agent.close();
  });
});
