import assert from 'node:assert/strict';
import { startTestHub, type TestHub } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

// What an agent's hook says of a tool's input is shown and given back to the letter, whatever stands in it.

const input =
  '{"command":"echo","big":12345678901234567890,"one":1.0,"exponent":1e3,"zero":-0,"digits":"12345678901234567890","half":"\\ud800","none":null,"list":"[\\"a\\"]"}';

describe('the input of a tool in a hook', () => {
  let test: TestHub;
  before(async () => {
    test = await startTestHub();
  });
  after(() => test.dispose());

  const open = async () => (await test.api.call('getBoard', {})).requests.find(({ status }) => status === 'open');
  const post = async (dialect: string, body: string): Promise<string> => {
    const { agentToken } = test.agentAddress();
    const headers = { authorization: `Bearer ${agentToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${test.hub.url}/hooks/${test.workspaceId}/${dialect}`, { method: 'POST', headers, body });
    return await answer.text();
  };
  const event = (name: string, tool: string, given: string): string =>
    `{"hook_event_name":"${name}","session_id":"s","cwd":"/x","tool_name":"${tool}","tool_input":${given}}`;
  const allow = async (): Promise<void> => {
    const requestId = (await open())?.id ?? assert.fail();
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, decision: 'allow' });
  };

  it('stays what it is on the board', async () => {
    const asking = post('claude-code', event('PermissionRequest', 'mcp__x__y', input));
    await waitFor('the permission', async () => (await open()) !== undefined);
    assert.equal((await open())?.permission?.input, input);
    await allow();
    assert.match(await asking, /"behavior":"allow"/);
  });

  it('tells two that differ in digits alone apart', async () => {
    const ask = (digits: string): Promise<string> => post('claude-code', event('PermissionRequest', 'mcp__x__y', `{"account":${digits}}`));
    const asking = [ask('12345678901234567890'), ask('12345678901234567891')];
    const count = async (): Promise<number> =>
      (await test.api.call('getBoard', {})).requests.filter(({ status }) => status === 'open').length;
    await waitFor('both of them', async () => (await count()) === 2);
    await allow();
    await allow();
    await Promise.all(asking);
  });
});
