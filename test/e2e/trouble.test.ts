import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const foreign = createServer((_request, response) => response.end('not a hub'));

const options: SuiteOptions = {
  errorsAreMeant: true,
  async prepare({ hubUrl }) {
    foreign.listen(Number(new URL(hubUrl).port), '127.0.0.1');
    await once(foreign, 'listening');
  },
};

workbenchSuite('a hub that can not start, in the workbench', options, ({ window }) => {
  after(() => void foreign.close());

  it('says why and what to do, and starts when the reason is gone', async () => {
    const { welcomeButtons } = await window.inbox.waitForWelcome(/Port \d+ is taken by/);
    assert.deepEqual(welcomeButtons, ['Use Another Port', 'Try Again']);
    await window.view('Agents').waitForWelcome(/hub is not running/);
    assert.match((await window.statusBarItem(/AgentRQ/)).ariaLabel, /not running|failed/i);
    // A retry in vain is said, and so is a command that needs the hub.
    await window.runCommand('AgentRQ: Restart Hub');
    await window.waitForToast(/The hub still can’t run: Port \d+ is taken by/);
    await window.inbox.waitForWelcome(/tried again/);
    await window.runCommand('AgentRQ: New Task for an Agent…');
    await window.clickToastButton(/The hub is not running: Port/, 'Fix…');
    await new Promise((resolve) => foreign.close(resolve));
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
  });
});
