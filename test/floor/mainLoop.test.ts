import assert from 'node:assert/strict';
import { copyAddress } from '../e2e/copyAddress.ts';
import { workbenchSuite } from '../e2e/fixture.ts';
import { readPracticeLog } from '../support/product.ts';
import { connectAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';

workbenchSuite('the main loop, in the oldest VS Code', {}, ({ product, window }) => {
  it('gives the practice agent exactly the choice of the toast and the words of the prompt', async () => {
    const log = () => readPracticeLog(product.practiceLog);
    // This editor's own MCP client connects by itself, and is no agent that the user has connected.
    await window.waitForRow('Agents', /connected/);
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
    await window.view('Needs You').clickWelcomeButton('Start Practice Agent');
    await window.waitForToast(/Where should I deploy it\?/);
    // It goes by itself after some seconds, so it is pressed before anything else is looked at.
    await window.clickToastButton(/Where should I deploy it\?/, 'Staging');
    await window.waitForRow('Needs You', /What should the release be called\?/);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.clickRow('Needs You', /What should the release be called\?/);
    await window.waitForQuickInput(/What should the release be called\?/);
    await window.typeInQuickInput('Aurora');
    await window.acceptQuickInput();
    await waitFor('the agent to be done', () => log().some(({ step }) => step === 'completed'));
    assert.deepEqual(
      log().flatMap(({ step, text }) => (step === 'answer' ? [text] : [])),
      ['Staging', 'Aurora'],
    );
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await window.waitForRow('Tasks', 'Completed');
  });

  it('lets an agent do exactly what was allowed by way of its row', async () => {
    const agent = await connectAgent('modern', await copyAddress(window), 'claude-code');
    const use = { tool_name: 'Bash', input: { command: 'npm publish' }, tool_use_id: 'use-1' };
    const asking = agent.call('requestPermission', use, { timeout: 90_000 });
    await window.waitForRow('Needs You', 'Run: npm publish');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.clickRow('Needs You', 'Run: npm publish');
    await window.waitForQuickInput(/wants to run/);
    await window.pickQuickItem('Allow Once');
    assert.deepEqual(JSON.parse((await asking).text), { behavior: 'allow', updatedInput: { command: 'npm publish' } });
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await agent.close();
  });
});
