import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installScripts } from '../../../src/agents/installScripts.ts';
import { makeHome } from '../../support/testHub.ts';

describe('the copies of the scripts that agents start', () => {
  let home: string;
  let from: string;

  beforeEach(() => {
    home = makeHome();
    from = join(home, 'dist');
    mkdirSync(from);
    writeFileSync(join(from, 'bridge.cjs'), 'bridge 1');
    writeFileSync(join(from, 'hook.cjs'), 'hook 1');
    writeFileSync(join(from, 'opencode.mjs'), 'plugin 1');
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const mode = (path: string): number => statSync(path).mode & 0o777;

  it('stand in the home folder, for this user alone', () => {
    const installed = installScripts({ from, home: join(home, 'new') });
    const bin = join(home, 'new', 'bin');
    assert.deepEqual(installed, { bridge: join(bin, 'bridge.cjs'), hook: join(bin, 'hook.cjs') });
    assert.deepEqual(readdirSync(bin).toSorted(), ['bridge.cjs', 'hook.cjs', 'opencode.mjs']);
    assert.equal(readFileSync(installed.bridge, 'utf8'), 'bridge 1');
    assert.equal(readFileSync(installed.hook, 'utf8'), 'hook 1');
    assert.deepEqual([mode(bin), mode(installed.bridge), mode(installed.hook)], [0o700, 0o600, 0o600]);
  });

  it('are replaced whole when they differ, and left alone when they do not', () => {
    const { bridge, hook } = installScripts({ from, home });
    const [oldBridge, oldHook] = [statSync(bridge), statSync(hook)];
    writeFileSync(join(from, 'bridge.cjs'), 'bridge 2');
    installScripts({ from, home });
    assert.equal(readFileSync(bridge, 'utf8'), 'bridge 2');
    assert.notEqual(statSync(bridge).ino, oldBridge.ino, 'what reads the old one goes on with the old one');
    assert.deepEqual([statSync(hook).ino, statSync(hook).mtimeMs], [oldHook.ino, oldHook.mtimeMs]);
    assert.deepEqual(readdirSync(join(home, 'bin')).toSorted(), ['bridge.cjs', 'hook.cjs', 'opencode.mjs']);
  });

  it('are replaced when others could have written them, or when they are links', () => {
    const { bridge, hook } = installScripts({ from, home });
    chmodSync(bridge, 0o666);
    rmSync(hook);
    symlinkSync(join(from, 'hook.cjs'), hook);
    chmodSync(join(home, 'bin'), 0o777);
    installScripts({ from, home });
    assert.deepEqual([mode(join(home, 'bin')), mode(bridge)], [0o700, 0o600]);
    assert.ok(lstatSync(hook).isFile());
    assert.equal(readFileSync(hook, 'utf8'), 'hook 1');
  });

  it('fail when the extension lacks one', () => {
    rmSync(join(from, 'hook.cjs'));
    assert.throws(() => installScripts({ from, home }), /hook\.cjs/);
  });
});
