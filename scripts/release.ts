import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { bundle } from '../esbuild.mjs';
import { stagePackage } from '../test/support/packageExtension.ts';
import { checkRelease, placeHolder } from './release/checkRelease.ts';
import { makeSbom } from './release/makeSbom.ts';
import { changesOf, isPreRelease } from './release/version.ts';
import { root } from './suites.ts';

// npm run release -- --tag v1.2.3: checks that this commit may be released under this tag, and makes all that is released, once, in
// out/release: the package, what is in it (an SBOM), the checksums and the notes. Publishes nothing. `--rehearse` goes on over what the
// check refuses, to see the rest.

const { values } = parseArgs({ options: { tag: { type: 'string', default: '' }, rehearse: { type: 'boolean', default: false } } });
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

const manifest = JSON.parse(read('package.json')) as { name: string; version: string };
const lock = JSON.parse(read('package-lock.json')) as { version: string };
const withPlaceHolder = git('ls-files')
  .split('\n')
  .filter((path) => path !== '' && /^(?:package\.json|\.github\/)/.test(path) && read(path).includes(placeHolder));
const problems = checkRelease({
  tag: values.tag,
  version: manifest.version,
  locked: lock.version,
  changelog: read('CHANGELOG.md'),
  withPlaceHolder,
  changed: git('status', '--porcelain').trim(),
});
for (const problem of problems) console.error(`This can’t be released: ${problem}.`);
if (problems.length > 0 && !values.rehearse) process.exit(1);

const folder = join(root, 'out', 'release');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const preRelease = isPreRelease(manifest.version);
const packagePath = join(folder, `${manifest.name}-${manifest.version}.vsix`);
const staged = await stagePackage();
await createVSIX({ cwd: staged, packagePath, dependencies: false, preRelease });
const built = await bundle(join(root, 'dist'));
writeFileSync(
  join(folder, 'sbom.cdx.json'),
  `${JSON.stringify(
    makeSbom(
      manifest,
      Object.values(built).flatMap(({ inputs }) => inputs),
      read,
    ),
    null,
    2,
  )}\n`,
);
writeFileSync(join(folder, 'notes.md'), changesOf(read('CHANGELOG.md'), manifest.version));
const sums = [packagePath, join(folder, 'sbom.cdx.json')].map(
  (path) => `${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${basename(path)}\n`,
);
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
console.log(`All that is released of ${manifest.version} is in ${folder}.`);
// What follows in the workflow is told by this file, not by what is printed.
const outputs = process.env['GITHUB_OUTPUT'];
if (outputs !== undefined) appendFileSync(outputs, `prerelease=${preRelease}\n`);
