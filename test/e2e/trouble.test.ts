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
    await window.view('Needs You').waitForWelcome(/hub is not running/);
    await window.view('Tasks').waitForMessage(/Port \d+ is taken by another program.*agentrq\.hub\.port/s);
    assert.match((await window.statusBarItem(/AgentRQ/)).ariaLabel, /not running|failed/i);
    // It is tried again without a press as well, and the button may then be gone: it is pressed while the reason is still there.
    await window.view('Needs You').clickWelcomeButton('Restart Hub');
    await new Promise((resolve) => foreign.close(resolve));
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
  });
});
