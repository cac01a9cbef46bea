import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refreshScripts } from '../../../src/agents/installScripts.ts';
import { makeHome } from '../../support/testHub.ts';

describe('the scripts after an update of the extension', () => {
  let home: string;
  let from: string;
  beforeEach(() => {
    home = makeHome();
    from = join(home, 'dist');
    mkdirSync(from);
    writeFileSync(join(from, 'bridge.cjs'), 'bridge 2');
    writeFileSync(join(from, 'hook.cjs'), 'hook 2');
    writeFileSync(join(from, 'opencode.mjs'), 'plugin 2');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('are brought up to date where agents are connected', () => {
    writeFileSync(join(home, 'connections.json'), '{}');
    refreshScripts({ from, home });
    assert.equal(readFileSync(join(home, 'bin', 'bridge.cjs'), 'utf8'), 'bridge 2');
    assert.equal(readFileSync(join(home, 'bin', 'hook.cjs'), 'utf8'), 'hook 2');
  });

  it('are not put where no agent was ever connected', () => {
    refreshScripts({ from, home });
    assert.equal(existsSync(join(home, 'bin')), false);
  });
});
