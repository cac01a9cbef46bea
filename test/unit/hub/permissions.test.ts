import assert from 'node:assert/strict';
import { answerRequest } from '../../../src/hub/service/answers.ts';
import type { Caller } from '../../../src/hub/service/caller.ts';
import { askPermission, endPermissions, expireRequest, noteToolUse, type Reported } from '../../../src/hub/service/permissions.ts';
import { createRule } from '../../../src/hub/service/rules.ts';
import { createTask, moveTaskAsAgent } from '../../../src/hub/service/tasks.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Permission, Request } from '../../../src/protocol/model.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

const bash = (command: string): Permission => ({ tool: 'Bash', input: JSON.stringify({ command }) });
const used = (command: string): Reported => ({ uses: [bash(command)], subagent: undefined });

describe('a permission', () => {
  let test: TestService;
  let caller: Caller;

  beforeEach(() => {
    test = startTestService();
    caller = { agent: test.agents.heard(test.workspaceId, { name: 'claude-code' }), connectionId: 'hook:1' };
  });

  const ask = (permission: Permission, more: { taskId?: string; externalId?: string; by?: Caller } = {}): Request =>
    askPermission(test.context, more.by ?? caller, { source: 'hook', permission, ...more });
  const now = (request: Request): Request['status'] | undefined => test.context.store.requests.get(request.id)?.status;
  const answer = (request: Request, decision: 'allow' | 'deny') => answerRequest(test.context, test.workspaceId, request.id, { decision });
  const rule = (text: string, expiresAt?: string) => createRule(test.context, test.workspaceId, { text, expiresAt });

  it('is asked for again once the rule that allowed it has ended', () => {
    rule('Bash:npm test', new Date(test.clock.now() + 1_000).toISOString());
    assert.equal(ask(bash('npm test'), { externalId: 'a' }).answer?.decision, 'allow');
    test.clock.advance(1_000);
    assert.equal(ask(bash('npm test'), { externalId: 'b' }).status, 'open');
  });

  it('is not allowed by a rule of another workspace, nor of which the agent sent only a preview', () => {
    rule('Bash:npm test');
    assert.equal(ask({ ...bash('npm test'), partial: true }).status, 'open');
    const other = test.context.transact((changes) =>
      changes.saveWorkspace({
        id: test.context.newId(),
        name: 'other',
        description: '',
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-01T00:00:00Z',
      }),
    );
    const stranger = { agent: test.agents.heard(other.id, { name: 'claude-code' }), connectionId: 'hook:1' };
    assert.equal(ask(bash('npm test'), { by: stranger }).status, 'open');
  });

  it('belongs to the task that was named, or to the only one that its agent works on, and otherwise to the inbox', () => {
    const { context, workspaceId } = test;
    const create = () => createTask(context, { workspaceId, title: 't', body: '', assignee: 'agent', createdBy: 'human' }).id;
    const [first, second] = [create(), create()];
    assert.equal(ask(bash('a')).taskId, undefined, 'nobody works on anything');
    moveTaskAsAgent(context, caller, first, 'ongoing');
    assert.equal(ask(bash('b')).taskId, first);
    assert.equal(ask(bash('c'), { taskId: second }).taskId, second);
    assert.equal(ask(bash('d'), { taskId: '0'.repeat(11) }).taskId, first, 'a task that is not there is as good as none');
    moveTaskAsAgent(context, caller, second, 'ongoing');
    assert.equal(ask(bash('e')).taskId, undefined, 'it could be either');
  });

  it('that was decided in the agent itself is done with, and what was allowed here is acted on', () => {
    const decidedThere = ask(bash('a'));
    noteToolUse(test.context, caller, used('a'));
    assert.equal(now(decidedThere), 'superseded');
    const allowed = ask(bash('b'));
    answer(allowed, 'allow');
    noteToolUse(test.context, { ...caller, connectionId: 'hook:2' }, used('b'));
    assert.equal(now(allowed), 'answered', 'another session has used it');
    noteToolUse(test.context, caller, used('b'));
    assert.equal(now(allowed), 'acted');
  });

  it('ends with the session that asked for it, and with no other', () => {
    const request = ask(bash('a'));
    endPermissions(test.context, { ...caller, connectionId: 'hook:2' }, 'expire', 'all');
    assert.equal(now(request), 'open');
    endPermissions(test.context, caller, 'expire', 'all');
    assert.equal(now(request), 'expired');
    endPermissions(test.context, caller, 'supersede', undefined);
    assert.equal(now(request), 'superseded');
    assert.throws(() => answer(request, 'allow'), /no longer waits/);
  });

  it('that expired is open again when it is asked for again, and a late answer is kept for that', () => {
    const first = ask(bash('a'), { externalId: 'x' });
    expireRequest(test.context, first.id);
    assert.equal(ask(bash('a'), { externalId: 'x' }).id, first.id);
    assert.equal(now(first), 'open');
    expireRequest(test.context, first.id);
    answer(first, 'deny');
    assert.equal(ask(bash('a'), { externalId: 'x' }).answer?.decision, 'deny');
    expireRequest(test.context, first.id);
    assert.equal(now(first), 'answered', 'a verdict that was given stays');
  });

  it('for other input is another one, also under the same id of the agent', () => {
    const first = ask(bash('a'), { externalId: 'x' });
    answer(first, 'allow');
    assert.notEqual(ask(bash('b'), { externalId: 'x' }).id, first.id);
  });

  it('is refused when it could not be shown whole, and when the user is flooded', () => {
    assert.throws(() => ask({ tool: 'Bash', input: 'x'.repeat(limits.input + 1) }), /in the agent itself/);
    assert.throws(() => ask({ tool: ' ', input: '' }), /tool is required/);
    for (let index = 0; index < limits.openRequests; index += 1) ask(bash(`echo ${index}`));
    assert.throws(() => ask(bash('one more')), /Wait until they have answered/);
    const other = { agent: test.agents.heard(test.workspaceId, { name: 'codex' }), connectionId: 'hook:9' };
    assert.equal(ask(bash('one more'), { by: other }).status, 'open', 'another agent is not to blame');
  });
});
