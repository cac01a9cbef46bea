import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeptLists } from '../../../../src/agents/bridge/keptLists.ts';

describe('what a bridge keeps of the hub for the next one', () => {
  const workspaceId = '0123456789a';
  const lists = { 'tools/list': { tools: [{ name: 'askHuman' }] } };
  let home: string;
  let script: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'agentrq-kept-'));
    script = join(home, 'bridge.cjs');
    writeFileSync(script, 'one');
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const kept = (): ReturnType<typeof createKeptLists> => createKeptLists({ home, workspaceId, script });
  /** What a bridge does that hears from the hub. */
  function keep(): void {
    const lastKept = kept();
    lastKept.load();
    lastKept.save(lists);
  }

  it('is there for the next one of the same version, for this user alone', () => {
    assert.deepEqual(kept().load(), {});
    keep();
    assert.deepEqual(kept().load(), lists);
    assert.deepEqual(createKeptLists({ home, workspaceId: '0123456789b', script }).load(), {});
    const file = join(home, 'known', `${workspaceId}.json`);
    assert.equal(statSync(file).mode & 0o077, 0);
    chmodSync(file, 0o644);
    assert.deepEqual(kept().load(), {});
  });

  it('says nothing to another version, nor if it is odd', () => {
    keep();
    writeFileSync(script, 'two');
    assert.deepEqual(kept().load(), {});
    for (const text of ['', '{', 'null', '{"version":1}']) {
      writeFileSync(join(home, 'known', `${workspaceId}.json`), text, { mode: 0o600 });
      assert.deepEqual(kept().load(), {}, text);
    }
  });

  it('makes no folder anew that is gone', () => {
    const first = kept();
    first.load();
    rmSync(home, { recursive: true });
    first.save(lists);
    assert.ok(!existsSync(home));
  });
});
