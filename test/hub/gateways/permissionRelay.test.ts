import assert from 'node:assert/strict';
import { limits } from '../../../src/protocol/limits.ts';
import type { Logger } from '../../../src/util/log.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { askLeave, bash, type GatewayRig, heard, startGatewayRig, verdictsOn } from '../../support/gatewayRig.ts';
import type { RawAnswer } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

const settleMs = 100;

describe('a permission that is asked for over the channel', () => {
  let rig: GatewayRig;
  let clock: FakeClock;
  let warnings: string[];

  beforeEach(async () => {
    clock = createFakeClock();
    warnings = [];
    const log: Logger = {
      trace: () => {},
      info: () => {},
      warn: (text: string) => void warnings.push(text),
      error: (text: string) => void warnings.push(text),
      child: () => log,
    };
    rig = await startGatewayRig({ clock, log });
  });

  afterEach(() => rig.dispose());

  const verdict = (requestId: string, behavior: string) => (message: { params?: Record<string, unknown> }) =>
    message.params?.['request_id'] === requestId && message.params['behavior'] === behavior;
  const statuses = async () => {
    const { workspaceId } = rig.test;
    const { requests } = await rig.test.api.call('getTask', { workspaceId, taskId });
    return requests.map(({ status }) => status);
  };
  const decided = async (behavior: 'allow' | 'deny', requestId = 'abcde') =>
    assert.equal((await rig.decide(requestId, behavior)).status, 200);
  const settle = () => clock.advance(settleMs);
  const named = (command: string, requestId = 'abcde') => ({ ...bash(requestId, command), task_id: taskId });

  let taskId: string;
  beforeEach(async () => {
    const { api, workspaceId } = rig.test;
    taskId = (await api.call('createTask', { workspaceId, title: 'One', assignee: 'human' })).task.id;
  });

  /** What has come before this mark, which goes the same way. */
  async function soFar(stream: RawAnswer): Promise<ReturnType<typeof verdictsOn>> {
    const id = await rig.write(taskId, 'a mark');
    await stream.waitForMessage('the mark', ({ params }) => (params?.['meta'] as { message_id?: string } | undefined)?.message_id === id);
    return verdictsOn(stream);
  }

  it('has its verdict no sooner than 100 ms after its POST was answered', async () => {
    await rig.test.api.call('createRule', { workspaceId: rig.test.workspaceId, text: 'Bash:ls -la' });
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls -la'));
    await waitFor('the rule to allow it', async () => (await statuses())[0] === 'answered');
    assert.deepEqual(await soFar(stream), []);
    clock.advance(settleMs - 1);
    assert.deepEqual(await soFar(stream), []);
    clock.advance(1);
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
  });

  it('has its verdict at once when it was asked for before that', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    await decided('deny');
    assert.deepEqual(await soFar(stream), []);
    settle();
    await stream.waitForMessage('the verdict', verdict('abcde', 'deny'));
    await askLeave(agent, named('ls', 'later'));
    await rig.openRequest();
    settle();
    await decided('allow', 'later');
    await stream.waitForMessage('the verdict', verdict('later', 'allow'));
    assert.equal((await soFar(stream)).length, 2);
  });

  it('asked for again in the same session has its verdict again, for it has not arrived', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
    await askLeave(agent, named('ls'));
    assert.deepEqual(await statuses(), ['answered'], 'that proves nothing');
    await heard(stream, `[Reply to task ${taskId}] ${(await rig.write(taskId, 'a mark')) && 'a mark'}`);
    settle();
    await waitFor('the verdict once more', () => verdictsOn(stream).length === 2);
    await askLeave(agent, named('pwd', 'another'));
    await waitFor('the proof', async () => (await statuses())[0] === 'acted');
  });

  for (const proof of ['call', 'notification'] as const) {
    it(`is done with when a later ${proof} of its session proves that the verdict arrived`, async () => {
      const { agent, stream } = await rig.listen();
      const other = await rig.listen();
      await askLeave(agent, named('ls'));
      await rig.openRequest();
      settle();
      await decided('allow');
      await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
      await waitFor('it to be noted', async () => (await rig.requests())[0]?.handedOver === true);
      await (await other.agent.call(1, 'getWorkspace')).whole();
      assert.deepEqual(await statuses(), ['answered'], 'another session proves nothing');
      if (proof === 'call') await (await agent.call(1, 'getWorkspace')).whole();
      else await (await agent.post({ jsonrpc: '2.0', method: 'notifications/whatever' })).whole();
      await waitFor('the proof', async () => (await statuses())[0] === 'acted');
    });
  }

  it('never allows another use that is asked for under the same id', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    const { id } = await rig.openRequest();
    await askLeave(agent, named('rm -rf ~'));
    await waitFor('the other', async () => (await statuses()).length === 2);
    settle();
    assert.deepEqual(await statuses(), ['withdrawn', 'open']);
    await assert.rejects(
      rig.test.api.call('answerRequest', { workspaceId: rig.test.workspaceId, requestId: id, decision: 'allow' }),
      /no longer waits/,
    );
    await decided('deny');
    await stream.waitForMessage('the verdict', verdict('abcde', 'deny'));
    assert.equal((await soFar(stream)).length, 1);
  });

  it('never allows another use under the same id that was answered and is still on its way', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    await decided('allow');
    await askLeave(agent, named('rm -rf ~'));
    await waitFor('the other', async () => (await statuses()).length === 2);
    settle();
    assert.deepEqual(await soFar(stream), []);
    assert.deepEqual(await statuses(), ['withdrawn', 'open']);
  });

  it('under an id that had its verdict takes nothing back: that one has arrived', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
    await waitFor('it to be noted', async () => (await rig.requests())[0]?.handedOver === true);
    await askLeave(agent, named('pwd'));
    await waitFor('the other', async () => (await statuses()).length === 2);
    assert.deepEqual(await statuses(), ['acted', 'open']);
  });

  it('is not decided once more when another session begins to listen, nor is what was asked for elsewhere', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
    await askLeave(agent, named('ls -la', 'later'));
    await waitFor('the other', async () => (await statuses()).length === 2);
    await rig.decide('later', 'deny');
    settle();
    await stream.waitForMessage('the verdict', verdict('later', 'deny'));
    const other = await rig.listen();
    assert.equal((await soFar(other.stream)).length, 0);
    assert.equal(verdictsOn(stream).length, 2);
    const again = await agent.listen();
    await waitFor('the one that is not proven', () => verdictsOn(again).length > 0);
    assert.deepEqual(await soFar(again), [{ request_id: 'later', behavior: 'deny' }]);
    const asking = agent.call('t', 'requestPermission', { tool_name: 'Bash', input: { command: 'pwd' }, tool_use_id: 'elsewhere' });
    const { id } = await rig.openRequest();
    await rig.test.api.call('answerRequest', { workspaceId: rig.test.workspaceId, requestId: id, decision: 'allow' });
    await (await asking).whole();
    assert.deepEqual(await soFar(await agent.listen()), []);
  });

  it('of two sessions goes to each of them, also under the same id', async () => {
    const [one, two] = [await rig.listen(), await rig.listen()];
    await askLeave(one.agent, named('ls'));
    await waitFor('the first', async () => (await statuses()).length === 1);
    await askLeave(two.agent, named('pwd'));
    await waitFor('the second', async () => (await statuses()).length === 2);
    settle();
    const [first, second] = await rig.requests();
    for (const [request, decision] of [
      [first, 'allow'],
      [second, 'deny'],
    ] as const) {
      await rig.test.api.call('answerRequest', { workspaceId: rig.test.workspaceId, requestId: request?.id ?? '', decision });
    }
    await one.stream.waitForMessage('its verdict', verdict('abcde', 'allow'));
    await two.stream.waitForMessage('its verdict', verdict('abcde', 'deny'));
    assert.deepEqual([(await soFar(two.stream)).length, verdictsOn(one.stream).length], [1, 1]);
  });

  it('that is malformed does no harm, and is noted', async () => {
    const { agent } = await rig.listen();
    for (const params of [
      {},
      { request_id: 7, tool_name: 'Bash' },
      { request_id: '', tool_name: 'Bash' },
      { request_id: 'x' },
      { request_id: 'x', tool_name: ['Bash'] },
    ]) {
      const answer = await askLeave(agent, params);
      assert.equal(answer.status, 202);
    }
    await waitFor('the notes', () => warnings.length === 5);
    assert.ok(
      warnings.every((text) => /requested permission in a form that is not known/.test(text)),
      warnings.join('\n'),
    );
    assert.deepEqual(await rig.requests(), []);
  });

  it('that the hub can not take is said to wait elsewhere', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, { ...named('ls'), input_preview: 'x'.repeat(limits.input + 1) });
    await waitFor('the user to be told', async () => {
      const { agents } = await rig.test.api.call('getBoard', {});
      return agents.some(({ waitsElsewhere }) => waitsElsewhere?.text === 'It wants to use Bash, which has to be decided there.');
    });
    assert.deepEqual(await rig.requests(), []);
    // The next one is not held back by it.
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
  });

  for (const [name, preview, partial] of [
    ['ends where it was cut', 'npm run x…', true],
    ['is JSON that does not end', '{"command":"npm run', true],
    ['is JSON', '{"command":"npm run x"}', undefined],
    ['is a command', 'npm run x', undefined],
  ] as const) {
    it(`whose preview ${name} is ${partial ? '' : 'not '}taken for a part`, async () => {
      await rig.test.api.call('createRule', { workspaceId: rig.test.workspaceId, text: 'Build', unchecked: true });
      const { agent } = await rig.listen();
      await askLeave(agent, { ...named(''), tool_name: 'Build', input_preview: preview });
      await waitFor('it to be taken', async () => (await statuses()).length === 1);
      const { requests } = await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId });
      assert.equal(requests[0]?.permission?.partial, partial);
      assert.equal(requests[0]?.status, partial === true ? 'open' : 'answered', 'no rule allows a part');
    });
  }

  it('that any client asks for has its verdict, whether or not messages are pushed to it', async () => {
    const { agent, stream } = await rig.listen('some-other-agent');
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
  });

  it('has its verdict over the older transport too', async () => {
    const { agent, stream } = await rig.listen('claude-code', '2024-11-05');
    await askLeave(agent, named('ls'));
    await rig.openRequest();
    settle();
    await decided('allow');
    await stream.waitForMessage('the verdict', verdict('abcde', 'allow'));
  });
});
