import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { bundle } from '../../esbuild.mjs';
import { root } from '../../scripts/suites.ts';
import { checkPackage } from './checkPackage.ts';

const maxBytes = 1_500_000;

describe('the package', () => {
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-package-'));
    await bundle(join(root, 'dist'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function list(ignoreFile?: string): Promise<string[]> {
    return listFiles({ cwd: root, packageManager: PackageManager.None, ...(ignoreFile !== undefined && { ignoreFile }) });
  }

  it('holds what a user needs, and nothing else', async () => {
    assert.deepEqual(checkPackage(await list()), []);
  });

  it('is small', async () => {
    const packagePath = join(folder, 'agentrq.vsix');
    await promisify(execFile)('npm', ['run', 'package', '--', '--out', packagePath], { cwd: root });
    const { size } = statSync(packagePath);
    assert.ok(size < maxBytes, `${size} bytes, not below ${maxBytes}`);
  });

  it('would not pass if everything went into it', async () => {
    const ignoreFile = join(folder, 'ignore');
    writeFileSync(ignoreFile, 'test/host\n.git\nout\n');
    const problems = checkPackage(await list(ignoreFile));
    for (const path of ['src/extension.ts', 'esbuild.mjs', 'tsconfig.json', 'scripts/test.ts', 'test/guards/package.test.ts']) {
      assert.ok(problems.includes(`the package holds ${path}`), path);
    }
  });

  it('would not pass with a source map, or without a part', () => {
    const sound = ['dist/extension.cjs.map', 'dist/wire.cjs', 'media/agentrq.svg', 'media/agentrq-dark.svg', 'media/agentrq-light.svg'];
    const problems = checkPackage(sound);
    assert.ok(problems.includes('the package holds dist/extension.cjs.map'));
    assert.ok(problems.includes('the package lacks dist/extension.cjs'));
    assert.ok(problems.includes('the package lacks LICENSE'));
    assert.ok(!problems.some((problem) => /wire\.cjs|media/.test(problem)));
  });
});
