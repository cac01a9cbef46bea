import assert from 'node:assert/strict';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { type GatewayRig, heard, pushesOn, startGatewayRig } from '../../support/gatewayRig.ts';
import { openRawSession, type RawAnswer, type RawMcp } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

const minute = 60_000;

describe('a task of the user', () => {
  let rig: GatewayRig;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = createFakeClock();
    rig = await startGatewayRig({ clock });
  });

  afterEach(() => rig.dispose());

  const call = async (agent: RawMcp, tool: string, args: Record<string, unknown> = {}) =>
    JSON.stringify((await (await agent.call(tool, tool, args)).whole())[0]?.result);

  let marks = 0;
  /** What has been pushed so far: everything that was pushed before this mark, which goes the same way. */
  async function pushed(stream: RawAnswer): Promise<string[]> {
    const { api, workspaceId } = rig.test;
    const { task } = await api.call('createTask', { workspaceId, title: 'mark', assignee: 'human' });
    const mark = `mark ${(marks += 1)}`;
    await rig.write(task.id, mark);
    await heard(stream, `[Reply to task ${task.id}] ${mark}`);
    return pushesOn(stream).filter((content) => !/\] mark \d+$/.test(content));
  }

  /** A minute passes, and what is looked at then has been looked at. */
  async function passMinute(stream: RawAnswer): Promise<string[]> {
    clock.advance(minute);
    return await pushed(stream);
  }

  it('is pushed to a gateway, which has it alone', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    const other = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'somebody');
    assert.match(await call(other, 'getTask'), /no pending tasks exist/);
    assert.match(await call(agent, 'getTask'), new RegExp(task.id), 'the gateway gets it again if it asks');
    for (let passed = 0; passed < 5; passed += 1) assert.equal((await passMinute(stream)).length, 1, 'and not by a second push');
  });

  it('waits while another is worked on, or was given to the gateway and has not begun', async () => {
    const { agent, stream } = await rig.listen();
    const first = await rig.task('One');
    await heard(stream, `[Task ${first.id}] One\nb`);
    const second = await rig.task('Two');
    assert.equal((await pushed(stream)).length, 1);
    await call(agent, 'updateTaskStatus', { taskId: first.id, status: 'ongoing' });
    const third = await rig.task('Three');
    assert.equal((await passMinute(stream)).length, 1);
    assert.match(await call(agent, 'getTask'), new RegExp(second.id));
    assert.notEqual(third.id, second.id);
  });

  it('waits while the agent that the gateway runs works under a name of its own', async () => {
    const { stream } = await rig.listen();
    const inner = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'claude-code');
    const first = await rig.task('One');
    await heard(stream, `[Task ${first.id}] One\nb`);
    await call(inner, 'updateTaskStatus', { taskId: first.id, status: 'ongoing' });
    await rig.task('Two');
    assert.equal((await passMinute(stream)).length, 1);
  });

  it('is left to the gateway for a minute when it has ended one, and pushed then', async () => {
    const { agent, stream } = await rig.listen();
    const first = await rig.task('One');
    await heard(stream, `[Task ${first.id}] One\nb`);
    const second = await rig.task('Two');
    clock.advance(minute / 2);
    await call(agent, 'updateTaskStatus', { taskId: first.id, status: 'completed' });
    assert.equal((await pushed(stream)).length, 1);
    clock.advance(minute / 2);
    assert.equal((await pushed(stream)).length, 1, 'half a minute after the end');
    clock.advance(minute);
    await heard(stream, `[Task ${second.id}] Two\nb`);
  });

  it('that was there before is fetched by a gateway that starts, and pushed to one that does not', async () => {
    const task = await rig.task('One');
    const { agent, stream } = await rig.listen();
    assert.deepEqual(await pushed(stream), []);
    assert.match(await call(agent, 'getTask'), new RegExp(task.id));
    assert.deepEqual(await passMinute(stream), []);

    const idle = await startGatewayRig({ clock });
    const waiting = await idle.task('Two');
    clock.advance(minute / 2);
    const other = await idle.listen();
    clock.advance(minute / 2);
    await idle.write(waiting.id, 'a mark');
    await heard(other.stream, `[Reply to task ${waiting.id}] a mark`);
    assert.equal(pushesOn(other.stream).length, 1, 'half a minute after it began');
    clock.advance(minute);
    await heard(other.stream, `[Task ${waiting.id}] Two\nb`);
    await idle.dispose();
  });

  it('that came while the gateway had no stream is pushed when it is back, over a restart too', async () => {
    const { agent, stream } = await rig.listen();
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    const { hub, workspaceId, api } = rig.test;
    await waitFor('the hub to notice', async () => (await fetch(`${hub.url}/health`)).ok);
    const first = await rig.task('One');
    let again = await agent.listen();
    await heard(again, `[Task ${first.id}] One\nb`);
    await api.call('changeTaskStatus', { workspaceId, taskId: first.id, value: 'completed' });
    again.cut();
    clock.advance(1);
    await rig.restart();
    const second = await rig.task('Two');
    again = await agent.listen();
    await heard(again, `[Task ${second.id}] Two\nb`);
  });

  it('goes to another gateway when the one that got it never began it', async () => {
    const first = await rig.listen();
    const task = await rig.task('One');
    await heard(first.stream, `[Task ${task.id}] One\nb`);
    const second = await rig.listen();
    assert.deepEqual(await passMinute(second.stream), [], 'it belongs to the first for a while');
    await passMinute(second.stream);
    await passMinute(second.stream);
    await heard(second.stream, `[Task ${task.id}] One\nb`);
  });

  it('is pushed again when the user puts it back into the queue', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    await call(agent, 'reply', { chatId: task.id, text: 'Done.' });
    await call(agent, 'updateTaskStatus', { taskId: task.id, status: 'completed' });
    await rig.move(task.id, 'notstarted');
    await waitFor('it to be pushed again', () => pushesOn(stream).length === 2);
    assert.deepEqual(await passMinute(stream), [`[Task ${task.id}] One\nb`, `[Task ${task.id}] One\nb`]);
  });

  it('is pushed to nobody if it is for a user, or no gateway listens', async () => {
    const claude = await rig.listen('claude-code');
    const { api, workspaceId } = rig.test;
    const task = await rig.task('One');
    await call(claude.agent, 'updateTaskStatus', { taskId: task.id, status: 'completed' });
    await rig.task('Two');
    await rig.write(task.id, 'a mark');
    await heard(claude.stream, `[Reply to task ${task.id}] a mark`);
    assert.equal(pushesOn(claude.stream).length, 1);
    const own = await startGatewayRig({ clock });
    const gateway = await own.listen();
    await own.test.api.call('createTask', { workspaceId: own.test.workspaceId, title: 'Three', assignee: 'human' });
    const fourth = await own.task('Four');
    await heard(gateway.stream, `[Task ${fourth.id}] Four\nb`);
    assert.equal(pushesOn(gateway.stream).length, 1);
    await own.dispose();
    assert.ok((await api.call('getBoard', {})).tasks.every((one) => one.workspaceId === workspaceId));
  });

  it('comes after what an agent has put into the queue, which is pushed when nobody has begun it for a minute', async () => {
    const { stream } = await rig.listen();
    const other = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'somebody');
    clock.advance(1.5 * minute);
    const made = /id=(\w{11})/.exec(await call(other, 'createTask', { title: 'Theirs', body: 'b' }))?.[1];
    await rig.task('Mine');
    clock.advance(minute / 2);
    assert.deepEqual(await pushed(stream), []);
    clock.advance(minute);
    await heard(stream, `[Task ${made}] Theirs\nb`);
  });
});
