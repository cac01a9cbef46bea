import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHub, type HubPlace } from '../../../src/agents/findHub.ts';
import { agentToken, masterSecretFile } from '../../../src/home/agentToken.ts';
import { writePrivateFile } from '../../../src/home/privateFile.ts';
import { createTokens } from '../../../src/hub/identity/tokens.ts';
import { discoveryFile, parseDiscovery } from '../../../src/protocol/discovery.ts';
import { announce } from '../../support/playedHub.ts';
import { makeHome } from '../../support/testHub.ts';

const workspaceId = '0123456789a';
const secret = 'the-secret'.padEnd(43, 'x');

describe('looking for the hub', () => {
  let home: string;

  beforeEach(() => {
    home = makeHome();
    writePrivateFile(join(home, masterSecretFile), `${secret}\n`);
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const find = (): HubPlace | undefined => findHub({ home, workspaceId });

  it('finds where it is, and derives the token that it takes', () => {
    announce(home, 'http://127.0.0.1:1234');
    const place = find();
    assert.equal(place?.port, 1234);
    assert.equal(place.secret, secret);
    const tokens = createTokens({ masterSecret: secret, generations: { of: () => 1 }, findUser: () => undefined });
    assert.deepEqual(tokens.identify(place.token), { role: 'agent', workspaceId });
    assert.equal(place.token, agentToken(secret, workspaceId, 1));
  });

  it('finds none where none was, or where it has gone', () => {
    assert.equal(find(), undefined);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    announce(home, 'http://127.0.0.1:1234', pid);
    assert.equal(find(), undefined, 'its process has ended, so anybody may have the port');
    announce(home, 'http://127.0.0.1:1234');
    rmSync(join(home, masterSecretFile));
    assert.equal(find(), undefined);
    assert.equal(findHub({ home: join(home, 'nowhere'), workspaceId }), undefined);
  });

  it('gives the token to this machine only', () => {
    announce(home, 'http://127.0.0.1:1');
    assert.equal(find()?.port, 1);
    const foreign = [
      // Nobody but a hub may have the same port of another address of this machine.
      'http://localhost:1',
      'http://[::1]:1',
      'http://127.0.0.1',
      'http://127.0.0.1:0',
      'http://127.0.0.1:65536',
      'http://example.com:1',
      'https://127.0.0.1:1',
      'http://127.0.0.1.example.com:1',
      'http://127.0.0.1@example.com:1',
      'http://user:pass@127.0.0.1:1',
      'http://127.0.0.2:1',
      'http://0.0.0.0:1',
      'http://localhost.:1',
      'file:///etc/passwd',
      'nonsense',
    ];
    for (const url of foreign) {
      announce(home, url);
      assert.throws(find, /hub\.json: it names an address that isn't on this machine/, url);
    }
  });

  for (const name of [discoveryFile, masterSecretFile]) {
    it(`refuses a ${name} that others could have written, or that is a link`, () => {
      announce(home, 'http://127.0.0.1:1234');
      const file = join(home, name);
      for (const mode of [0o644, 0o620, 0o606]) {
        chmodSync(file, mode);
        assert.throws(find, /plain file that only you can read/);
      }
      chmodSync(file, 0o600);
      assert.ok(find());
      rmSync(file);
      writeFileSync(join(home, 'elsewhere'), secret, { mode: 0o600 });
      symlinkSync(join(home, 'elsewhere'), file);
      assert.throws(find, /plain file/);
    });
  }
});

describe('the discovery file', () => {
  it('is read only if it is one, and may say more', () => {
    const discovery = { url: 'http://127.0.0.1:1', hubId: 'h', pid: 1, protocolVersion: 1, version: '1.2.3' };
    assert.deepEqual(parseDiscovery(JSON.stringify({ ...discovery, more: true })), discovery);
    for (const [name, value] of [
      ['url', 1],
      ['hubId', undefined],
      ['pid', 0],
      ['pid', -5],
      ['pid', 1.5],
      ['pid', '1'],
      ['protocolVersion', null],
    ] as const) {
      assert.equal(parseDiscovery(JSON.stringify({ ...discovery, [name]: value })), undefined, `${name} = ${value}`);
    }
    for (const text of ['', '{', 'null', '[]', '"x"', '{"url":"http']) assert.equal(parseDiscovery(text), undefined);
  });
});
