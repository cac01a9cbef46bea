import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const module = pathToFileURL(join(import.meta.dirname, '../../../src/agents/config/disk.ts')).href;
/** Writes as Connect does, in a process of its own, whose surroundings a shell has made. */
const program = `const { systemDisk } = await import(${JSON.stringify(module)}); await systemDisk.write(process.argv[1], process.argv[2].repeat(Number(process.argv[3])), 0o600)`;

describe('a file that can’t be replaced by another one', () => {
  let root: string;
  let file: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'agentrq-replace-'));
    mkdirSync(join(root, 'folder'));
    file = join(root, 'folder', 'config.json');
  });
  afterEach(() => {
    chmodSync(join(root, 'folder'), 0o700);
    rmSync(root, { recursive: true, force: true });
  });

  function write(piece: string, times = 1, shell = 'exec "$@"', within: string[] = []): SpawnSyncReturns<string> {
    const [command, ...args] = [
      ...within,
      'sh',
      '-c',
      shell,
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
      file,
      piece,
      String(times),
    ];
    return spawnSync(command, args, { encoding: 'utf8' });
  }

  function text(path = file): string {
    return readFileSync(path, 'utf8');
  }

  /**
   * A mount of one file, as containers have it, which only the process sees; or where no mount may be made, a folder that takes no new
   * file.
   */
  const mounted = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount'];
  const [probe, ...probeArgs] = [...mounted, 'mount', '--bind', import.meta.filename, import.meta.filename];
  const mayMount = spawnSync(probe, probeArgs).status === 0;
  const place = mayMount ? 'a mount of its own' : 'in a folder that takes no other';

  it(`is written to where it is: ${place}`, () => {
    const kept = join(root, 'kept.json');
    for (const next of ['longer than before', 'short', '']) {
      writeFileSync(kept, 'as it was');
      writeFileSync(file, mayMount ? 'below the mount' : 'as it was');
      if (!mayMount) chmodSync(join(root, 'folder'), 0o500);
      const { status, stderr } = mayMount ? write(next, 1, `mount --bind '${kept}' '${file}' && exec "$@"`, mounted) : write(next);
      assert.equal(status, 0, stderr);
      assert.equal(text(mayMount ? kept : file), next);
      chmodSync(join(root, 'folder'), 0o700);
      assert.deepEqual(readdirSync(join(root, 'folder')), ['config.json'], 'no draft is left');
      rmSync(file);
    }
  });

  it('stays the same file under its other names', () => {
    writeFileSync(file, 'as it was');
    const other = join(root, 'dotfiles.json');
    linkSync(file, other);
    assert.equal(write('new').status, 0);
    assert.deepEqual([text(), text(other)], ['new', 'new']);
    assert.equal(statSync(file).ino, statSync(other).ino);
  });

  it('is as it was if there is no room for more of it', () => {
    // A process may write no file beyond 512 bytes: the system says so as a full disk does.
    for (const [before, times] of [
      ['b'.repeat(400), 2_000],
      ['b'.repeat(400), 513],
      ['', 600],
    ] as const) {
      writeFileSync(file, before);
      rmSync(join(root, 'other'), { force: true });
      linkSync(file, join(root, 'other'));
      const { status, stderr } = write('x', times, 'ulimit -f 1; exec "$@"');
      assert.notEqual(status, 0);
      assert.match(stderr, /EFBIG/);
      assert.equal(text(), before);
      assert.equal(write('x', 500, 'ulimit -f 1; exec "$@"').status, 0, 'what has room is written');
      assert.equal(text(), 'x'.repeat(500));
    }
  });
});
