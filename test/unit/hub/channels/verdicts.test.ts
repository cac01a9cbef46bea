import assert from 'node:assert/strict';
import { type ChannelVerdict, createVerdicts } from '../../../../src/hub/channels/verdicts.ts';
import { answerRequest } from '../../../../src/hub/service/answers.ts';
import { askPermission } from '../../../../src/hub/service/permissions.ts';
import { startTestService } from '../../../support/testService.ts';

describe('a verdict that could not be written', () => {
  it('waits for its session, and goes out once', async () => {
    const { context, agents, workspaceId } = startTestService();
    const agent = agents.heard(workspaceId, { name: 'acp-gateway' });
    const ask = { source: 'channel', permission: { tool: 'Bash', input: 'ls' }, externalId: 'abcde' } as const;
    const { id } = askPermission(context, { agent, connectionId: 'session:one' }, ask);
    answerRequest(context, workspaceId, id, { decision: 'allow' });
    const written: [string, ChannelVerdict][] = [];
    let listens = false;
    let work = Promise.resolve();
    const verdicts = createVerdicts({
      context,
      write: async (sessionId, verdict) => listens && written.push([sessionId, verdict]) > 0,
      inBackground(more) {
        work = Promise.all([work, more]).then(() => {});
      },
    });
    verdicts.send(id);
    await work;
    assert.deepEqual([written, context.store.deliveries.ofItem(id)], [[], []]);
    listens = true;
    for (let opened = 0; opened < 2; opened += 1) {
      verdicts.catchUp({ id: 'one', workspaceId }, agent.id, { again: false });
      await work;
    }
    assert.deepEqual(written, [['one', { request_id: 'abcde', behavior: 'allow' }]]);
    verdicts.catchUp({ id: 'one', workspaceId }, agent.id, { again: true });
    await work;
    assert.equal(written.length, 2);
  });
});
