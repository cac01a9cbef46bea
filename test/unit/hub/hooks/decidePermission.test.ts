import assert from 'node:assert/strict';
import { createPermissionDecider } from '../../../../src/hub/hooks/decidePermission.ts';
import { claudeCode } from '../../../../src/hub/hooks/dialects/claudeCode.ts';
import { answerRequest } from '../../../../src/hub/service/answers.ts';
import { createExchange } from '../../../../src/hub/service/exchange.ts';
import { hookWaitSeconds } from '../../../../src/protocol/limits.ts';
import { startTestService } from '../../../support/testService.ts';

describe('two hooks that ask for the same at the same time', () => {
  it('are one request, which waits as long as one of them does', async () => {
    const service = startTestService();
    const { context, agents, workspaceId } = service;
    const decide = createPermissionDecider(service);
    const agent = agents.heard(workspaceId, { name: 'claude-code' });
    const ask = () => {
      const gone = new AbortController();
      const exchange = createExchange(context, {
        caller: { agent, connectionId: 'hook:s1' },
        signal: gone.signal,
        promisedWait: undefined,
      });
      const head = { name: 'PermissionRequest', sessionId: 's1' };
      const event = { ...head, kind: 'permission', permission: { tool: 'Bash', input: 'ls' } } as const;
      return { gone, answer: decide({ dialect: claudeCode, event, caller: exchange.caller, exchange }) };
    };
    const requests = () => context.store.requests.live();
    const waitingFor = () => agents.get(agent.id)?.waitingFor;

    const first = ask();
    const second = ask();
    first.gone.abort();
    assert.deepEqual(await first.answer, {});
    const [request, ...others] = requests();
    assert.deepEqual([request?.status, others.length, waitingFor()], ['open', 0, [request?.id]]);

    answerRequest(context, workspaceId, request?.id ?? '', { decision: 'allow' });
    assert.deepEqual((await second.answer)['hookSpecificOutput'], {
      hookEventName: 'PermissionRequest',
      decision: { behavior: 'allow' },
    });
    assert.equal(waitingFor(), undefined);
  });

  it('are given up together', async () => {
    const service = startTestService();
    const { context, agents, workspaceId, clock } = service;
    const decide = createPermissionDecider(service);
    const agent = agents.heard(workspaceId, { name: 'claude-code' });
    const event = { name: 'PermissionRequest', sessionId: 's1', kind: 'permission', permission: { tool: 'Bash', input: 'ls' } } as const;
    const ask = () => {
      const { signal } = new AbortController();
      const exchange = createExchange(context, { caller: { agent, connectionId: 'hook:s1' }, signal, promisedWait: undefined });
      return decide({ dialect: claudeCode, event, caller: exchange.caller, exchange });
    };
    const answers = [ask(), ask()];
    clock.advance(hookWaitSeconds * 1_000);
    assert.deepEqual(await Promise.all(answers), [{}, {}]);
    assert.deepEqual(context.store.requests.live(), []);
    assert.equal(context.store.requests.forAgent(workspaceId, agent.id, 'expired').length, 1);
    assert.equal(clock.pending, 0);
  });
});
