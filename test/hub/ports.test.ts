import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { findHub } from '../../src/agents/findHub.ts';
import { createHubApi } from '../../src/client/hubApi.ts';
import { readSecret } from '../../src/home/ownHub.ts';
import { createProvenFetch } from '../../src/home/provenFetch.ts';
import { freePort } from '../support/freePort.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { takeTurnsAtUsualPorts, usualPorts } from '../support/usualPorts.ts';

describe('the port of a hub', () => {
  takeTurnsAtUsualPorts();
  let home: string;
  let ends: (() => unknown)[];

  beforeEach(() => {
    home = makeHome();
    ends = [() => rmSync(home, { recursive: true, force: true })];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });

  const portOf = ({ hub }: TestHub): number => Number(new URL(hub.url).port);

  /** Another program on that port, unless somebody has it already; a test may run beside another run of itself. */
  async function take(port: number): Promise<Server> {
    const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(server, 'listening').catch(() => {});
    ends.push(() => server.close());
    return server;
  }

  /** Where the hub is, started once and stopped. */
  async function portOnce(port?: number): Promise<number> {
    const test = await startTestHub({ home, port });
    await test.hub.close();
    return portOf(test);
  }

  it('is one of the usual ones if none was set, and stays the same as long as it can', async () => {
    const first = await portOnce();
    assert.ok(usualPorts.includes(first));
    const other = usualPorts.find((port) => port > first) ?? first;
    writeFileSync(join(home, 'last-port'), `${other}\n`);
    assert.equal(await portOnce(), other, 'where it last was, not the first that is free');
    assert.equal(await portOnce(), other);
  });

  it('is another of them when somebody has taken it, and stays there when that has gone', async () => {
    const first = await portOnce();
    const thief = await take(first);
    const second = await portOnce();
    assert.ok(usualPorts.includes(second) && second !== first);
    await new Promise((resolve) => thief.close(resolve));
    assert.equal(await portOnce(), second);
  });

  it('is the one that was set, or none: an error says who has it', async () => {
    const port = await freePort();
    assert.equal(await portOnce(port), port);
    await take(port);
    await assert.rejects(startTestHub({ home, port }), { code: 'port-taken', port });
    const again = await startTestHub({ home, port: undefined });
    assert.ok(usualPorts.includes(portOf(again)), 'what failed holds nothing');
    await again.hub.close();
  });

  it('is none when all of the usual ones are taken, which the error says', async () => {
    for (const port of usualPorts) await take(port);
    await assert.rejects(startTestHub({ home, port: undefined }), {
      code: 'ports-taken',
      message: /ports from 23837 to 23846 are all taken.*agentrq\.hub\.port/,
    });
  });

  it('is not taken by a connection that the system makes to somewhere else', async () => {
    const target = createServer().listen(0, '127.0.0.1');
    await once(target, 'listening');
    ends.push(() => target.close());
    const { port } = target.address() as { port: number };
    const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) assert.ok(!usualPorts.includes(socket.localPort ?? 0));
    for (const socket of sockets) socket.destroy();
  });

  describe('where it was', () => {
    it('is left with no token that opens anything: entries that name it send theirs to whoever is there', async () => {
      const before = await startTestHub({ home, port: await freePort() });
      const { agentToken } = before.agentAddress();
      await before.hub.close();
      const after = await startTestHub({ home, port: await freePort() });
      ends.push(() => after.hub.close());
      const call = async (token: string): Promise<number> =>
        (
          await fetch(after.hub.mcpUrl(before.workspaceId), {
            method: 'POST',
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              accept: 'application/json, text/event-stream',
            },
            body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
          })
        ).status;
      assert.equal(await call(agentToken), 401);
      assert.notEqual(await call(after.hub.agentToken(before.workspaceId)), 401);
      assert.equal(
        findHub({ home, workspaceId: before.workspaceId })?.token,
        after.hub.agentToken(before.workspaceId),
        'the bridge and command hooks follow by themselves',
      );
    });

    it('is not known of a home folder of before, so its tokens are replaced once', async () => {
      const port = await freePort();
      const tokens: string[] = [];
      for (const _ of [1, 2, 3]) {
        const test = await startTestHub({ home, port });
        tokens.push(test.agentAddress().agentToken);
        await test.hub.close();
        if (tokens.length === 1) rmSync(join(home, 'last-port'));
      }
      assert.notEqual(tokens[1], tokens[0]);
      assert.equal(tokens[2], tokens[1], 'and stay while the port does');
    });

    it('is noted for the user alone, and a note that others could have written counts for nothing', async () => {
      const port = await portOnce();
      const file = join(home, 'last-port');
      assert.equal(readFileSync(file, 'utf8'), `${port}\n`);
      for (const text of ['', 'x', '-1', '70000', '1.5', '23840\n1']) {
        writeFileSync(file, text);
        assert.ok(usualPorts.includes(await portOnce()), text);
      }
      const other = usualPorts.find((each) => each !== port) ?? 0;
      writeFileSync(file, `${other}\n`);
      chmodSync(file, 0o666);
      assert.notEqual(await portOnce(), other);
    });
  });
});

describe('two users of one machine', () => {
  takeTurnsAtUsualPorts();

  /** What each needs: a home of its own, and what runs as that user. */
  async function meet(uids: readonly [number | undefined, number | undefined]): Promise<void> {
    const homes = [makeHome(), makeHome()] as const;
    const hubs = [];
    try {
      for (const [index, home] of homes.entries()) hubs.push(await startHubProcess({ home, port: 'usual', uid: uids[index] }));
      const [one, other] = hubs;
      assert.ok(one !== undefined && other !== undefined);
      assert.notEqual(one.url, other.url);
      assert.notEqual(one.hubId, other.hubId);
      for (const [index, hub] of hubs.entries()) {
        const own = createProvenFetch(() => secretOf(homes[index] ?? '', uids[index]));
        const theirs = createProvenFetch(() => secretOf(homes[1 - index] ?? '', uids[1 - index]));
        const address = async () => ({ url: hub.url, token: hub.userToken });
        assert.equal((await createHubApi({ address, fetch: own }).call('getBoard', {})).hubId, hub.hubId);
        await assert.rejects(theirs(`${hub.url}/health`), { code: 'unproven_hub' }, 'the other one has it proven in vain');
      }
    } finally {
      for (const hub of hubs) await hub.stop('SIGTERM');
      for (const home of homes) rmSync(home, { recursive: true, force: true });
    }
  }

  /** Root may read what is another's; the product refuses that, so the test reads by itself. */
  function secretOf(home: string, uid: number | undefined): string | undefined {
    return uid === undefined ? readSecret(home) : readFileSync(join(home, 'master-secret'), 'utf8').trim();
  }

  it('never meet: both hubs run, and neither is obeyed by the other one', () => meet([undefined, undefined]));

  if (process.getuid?.() === 0) it('never meet either as two users of the system', () => meet([61_001, 61_002]));
  else console.log('That two users of the system never meet is not tested: only root may become somebody else.');
});
