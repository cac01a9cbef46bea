import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { root } from '../../scripts/suites.ts';
import { stagePackage } from '../support/packageExtension.ts';
import { readZip } from '../support/readZip.ts';
import { deadLinks, linksOf } from './checkLinks.ts';
import { checkPackage } from './checkPackage.ts';

const maxBytes = 1_500_000;

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository: { url: string } };
  const repository = manifest.repository.url.replace(/\.git$/, '');
  let staged: string;
  let files: string[];

  before(async () => {
    staged = await stagePackage();
    files = await list(root);
  });

  /** Links of the page in the Marketplace that lead nowhere: it stands alone, so it reaches the repository's files by the web. */
  function deadOnPage(page: string): string[] {
    const relative = linksOf(page).filter((to) => !/^(?:https:|#)/.test(to));
    const elsewhere = deadLinks({ documents: new Map([['page.md', page]]), isThere: (path) => existsSync(join(root, path)), repository });
    return [...relative.map((to) => `${to} is not in the package`), ...elsewhere];
  }

  async function list(cwd: string, ignoreFile?: string): Promise<string[]> {
    const listed = await listFiles({ cwd, packageManager: PackageManager.None, ...(ignoreFile !== undefined && { ignoreFile }) });
    return listed.toSorted();
  }

  it('holds what a user needs, and nothing else', () => {
    assert.deepEqual(checkPackage(files), []);
  });

  it('is the same when tests pack it, in a folder that holds nothing else', async () => {
    assert.deepEqual(await list(staged), files);
  });

  it('is small, and its page leads somewhere', async () => {
    const packagePath = join(staged, 'agentrq.vsix');
    await promisify(execFile)('npm', ['run', 'package', '--', '--out', packagePath], { cwd: staged });
    const { size } = statSync(packagePath);
    assert.ok(size < maxBytes, `${size} bytes, not below ${maxBytes}`);
    const packed = readZip(readFileSync(packagePath));
    for (const name of ['readme.md', 'changelog.md']) {
      const page = packed.get(`extension/${name}`)?.toString('utf8') ?? assert.fail(`${name} is packed`);
      assert.deepEqual(deadOnPage(page), [], name);
    }
    assert.ok(
      linksOf(packed.get('extension/readme.md')?.toString('utf8') ?? '').some((link) => link.endsWith('.png')),
      'it shows pictures',
    );
  });

  it('would not pass if its page led to a file that the package does not hold, or that the repository does not', () => {
    const planted = `[a](docs/settings.md) ![b](${repository}/raw/HEAD/gone.png) [c](${repository}/blob/HEAD/LICENSE)`;
    assert.deepEqual(deadOnPage(planted), [
      'docs/settings.md is not in the package',
      `page.md: ${repository}/raw/HEAD/gone.png is not in the repository`,
    ]);
  });

  it('would not pass if everything went into it', async () => {
    const folder = await stagePackage();
    const others = ['src/extension.ts', 'esbuild.mjs', 'tsconfig.json', 'scripts/test.ts', 'test/guards/package.test.ts'];
    for (const path of others) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    assert.deepEqual(checkPackage(await list(folder)), []);
    const ignoreFile = join(folder, '.vscodeignore');
    writeFileSync(ignoreFile, 'nothing\n');
    const problems = checkPackage(await list(folder, ignoreFile));
    for (const path of others) assert.ok(problems.includes(`the package holds ${path}`), path);
  });

  it('would not pass with a source map, or without a part', () => {
    const media = ['media/agentrq.svg', 'media/agentrq-dark.svg', 'media/agentrq-light.svg', 'media/agentrq.woff'];
    const sound = ['dist/extension.cjs.map', 'dist/wire.cjs', ...media];
    const problems = checkPackage(sound);
    assert.ok(problems.includes('the package holds dist/extension.cjs.map'));
    assert.ok(problems.includes('the package lacks dist/extension.cjs'));
    assert.ok(problems.includes('the package lacks LICENSE'));
    assert.ok(!problems.some((problem) => /wire\.cjs|media/.test(problem)));
  });
});
