import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { startOrSucceed } from '../../src/hub/lifecycle/startOrSucceed.ts';
import { isNewer } from '../../src/hub/lifecycle/versions.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { freePort } from '../support/freePort.ts';
import { connectAgent } from '../support/testAgent.ts';
import { makeHome } from '../support/testHub.ts';

describe('hubs of several versions', () => {
  const userToken = 'p'.repeat(43);
  let home: string;
  let port: number;
  let hubs: Hub[];

  beforeEach(async () => {
    home = makeHome();
    port = await freePort();
    hubs = [];
  });

  afterEach(async () => {
    await Promise.all(hubs.map((hub) => hub.close()));
    rmSync(home, { recursive: true, force: true });
  });

  /** Whoever runs a hub closes it when it steps down, as the thread of a window does. */
  async function start(version: string, begin: typeof startOrSucceed = startOrSucceed): Promise<Hub> {
    const hub = await begin({ home, port, version, userToken, clock: systemClock, log: nullLog });
    hubs.push(hub);
    void hub.steppedDown.then(async () => {
      hubs = hubs.filter((one) => one !== hub);
      await hub.close();
    });
    return hub;
  }

  it('make way for the newer one, with all that the older one had', async () => {
    const older = await start('1.9.0', startHub);
    const { id } = older.openWorkspace('kept');
    const agent = await connectAgent('legacy', { mcpUrl: older.mcpUrl(id), agentToken: older.agentToken(id) });
    const asking = agent.call('askHuman', { question: 'Still?', wait_s: 20 });
    const newer = await start('1.10.0');
    assert.equal((await asking).structured['status'], 'pending', 'what waited is told to ask again');
    assert.equal(newer.hubId, older.hubId, 'the same data');
    assert.equal(newer.openWorkspace('kept').id, id);
    assert.match((await agent.call('getWorkspace')).text, /^Workspace: kept/, 'the session goes on');
    await agent.close();
  });

  it('leave a hub of the same or of a newer version alone', async () => {
    await start('1.2.0', startHub);
    for (const version of ['1.2.0', '1.1.9', 'nonsense']) {
      await assert.rejects(start(version), { code: 'hub-runs' }, version);
    }
  });

  it("don't ask a hub of another home folder, and obey nobody but the user", async () => {
    const older = await start('1.0.0', startHub);
    const other = makeHome();
    await assert.rejects(startOrSucceed({ home: other, port, version: '2.0.0', userToken, clock: systemClock, log: nullLog }), {
      code: 'port-taken-by-hub',
    });
    rmSync(other, { recursive: true, force: true });
    const { id } = older.openWorkspace('w');
    const response = await fetch(`${older.url}/api/v1/hub/step-down`, {
      method: 'POST',
      headers: { authorization: `Bearer ${older.agentToken(id)}`, 'content-type': 'application/json' },
      body: '{"version":"9.9.9"}',
    });
    assert.equal(response.status, 403);
  });
});

describe('versions', () => {
  it('are compared number by number', () => {
    assert.ok(isNewer('1.10.0', '1.9.9'));
    assert.ok(isNewer('2.0.0', '1.99.99'));
    assert.ok(isNewer('0.1.0', ''));
    assert.ok(!isNewer('1.2.3-beta', '1.2.3'));
    assert.ok(!isNewer('', ''));
  });

  it('are in one order', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(version, version, (one, other) => {
        assert.equal([isNewer(one, other), isNewer(other, one)].filter(Boolean).length, one === other ? 0 : 1);
      }),
    );
  });
});
