import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHub } from '../../src/agents/findHub.ts';
import { readSecret } from '../../src/home/ownHub.ts';
import { announceHub } from '../../src/hub/lifecycle/announceHub.ts';
import { discoveryFile, parseDiscovery } from '../../src/protocol/discovery.ts';
import { protocolVersion } from '../../src/protocol/limits.ts';
import { nullLog } from '../../src/util/log.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';

describe('a hub says where it is', () => {
  let home: string;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const file = (): string => join(home, discoveryFile);

  it('in a file for this user alone, as long as it runs', async () => {
    const { hub } = await startTestHub({ home });
    assert.deepEqual(parseDiscovery(readFileSync(file(), 'utf8')), {
      url: hub.url,
      hubId: hub.hubId,
      pid: process.pid,
      protocolVersion,
      version: '0.0.0',
    });
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    await hub.close();
    assert.deepEqual(
      readdirSync(home).filter((name) => name.startsWith(discoveryFile)),
      [],
    );
  });

  it('so that an agent that knows its workspace alone finds it, with the right token', async () => {
    const test = await startTestHub({ home });
    const { agentToken } = test.agentAddress();
    assert.deepEqual(findHub({ home, workspaceId: test.workspaceId }), {
      port: Number(new URL(test.hub.url).port),
      secret: readSecret(home),
      token: agentToken,
    });
    const other = await startTestHub();
    assert.notEqual(
      findHub({ home: other.home, workspaceId: test.workspaceId })?.secret,
      readSecret(home),
      'hubs of two homes do not meet',
    );
    assert.notEqual(findHub({ home: other.home, workspaceId: test.workspaceId })?.token, agentToken);
    await other.dispose();
    assert.ok(findHub({ home, workspaceId: test.workspaceId }));
    await test.hub.close();
    assert.equal(findHub({ home, workspaceId: test.workspaceId }), undefined);
  });

  it('and leaves the file alone when another one has taken over', async () => {
    const first = await startTestHub({ home });
    const url = 'http://127.0.0.1:1';
    const second = announceHub({ home, url, hubId: 'another', version: '0.0.0', log: nullLog });
    await first.hub.close();
    assert.equal(parseDiscovery(readFileSync(file(), 'utf8'))?.url, url);
    second.dispose();
    assert.equal(existsSync(file()), false);
  });

  it('and is not found where one has crashed', async () => {
    const hub = await startHubProcess({ home });
    await hub.stop('SIGKILL');
    assert.ok(existsSync(file()));
    assert.equal(findHub({ home, workspaceId: hub.workspaces[0]?.id ?? '' }), undefined);
    const again = await startTestHub({ home });
    assert.equal(parseDiscovery(readFileSync(file(), 'utf8'))?.url, again.hub.url);
    await again.hub.close();
  });

  it('and works without the file if it can not be written, which the log says', async () => {
    mkdirSync(file());
    writeFileSync(join(file(), 'in the way'), '');
    const errors: string[] = [];
    const note = (message: string): void => void errors.push(message);
    const log = { trace: () => {}, info: () => {}, warn: () => {}, error: note, child: () => log };
    const { hub, api } = await startTestHub({ home, log });
    assert.match(errors.join('\n'), /hub\.json could not be written/);
    assert.equal((await api.call('getBoard', {})).hubId, hub.hubId);
    await hub.close();
    assert.deepEqual(
      readdirSync(home).filter((name) => name.startsWith(`${discoveryFile}.`)),
      [],
      'no draft stays behind',
    );
  });
});
