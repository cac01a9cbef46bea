import assert from 'node:assert/strict';
import { checkRelease, placeHolder, type ReleaseSources } from '../../../../scripts/release/checkRelease.ts';
import { makeSbom } from '../../../../scripts/release/makeSbom.ts';
import { changesOf, isPreRelease } from '../../../../scripts/release/version.ts';

const changelog =
  '# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [0.2.0] - 2026-12-01\n\n- A thing.\n\n## [0.1.0] - 2026-11-30\n\n- The first.\n';

describe('a release', () => {
  const sound: ReleaseSources = { tag: 'v0.2.0', version: '0.2.0', locked: '0.2.0', changelog, withPlaceHolder: [], changed: '' };

  it('goes where all is in place', () => assert.deepEqual(checkRelease(sound), []));

  const planted: readonly (readonly [what: string, over: Partial<ReleaseSources>, problem: RegExp])[] = [
    [
      'the place-holder is still there',
      { withPlaceHolder: ['package.json'] },
      new RegExp(`^package.json names no owner .* ${placeHolder}$`),
    ],
    ['the tag is another one', { tag: 'v0.2.1' }, /^the tag is v0\.2\.1, and package\.json has 0\.2\.0$/],
    ['there is no tag', { tag: '' }, /^the tag is missing/],
    ['the lock file has another version', { locked: '0.1.0' }, /^package-lock\.json has 0\.1\.0/],
    [
      'the changelog says nothing of it',
      { tag: 'v0.3.0', version: '0.3.0', locked: '0.3.0' },
      /^CHANGELOG\.md has no changes under “## \[0\.3\.0\]/,
    ],
    ['the changelog has no date', { changelog: '## [0.2.0]\n\n- A thing.\n' }, /^CHANGELOG\.md has no changes/],
    [
      'the changelog has nothing under its heading',
      { changelog: '## [0.2.0] - 2026-12-01\n\n## [0.1.0] - 2026-11-30\n\n- A.\n' },
      /^CHANGELOG\.md has no changes/,
    ],
    ['something is not committed', { changed: ' M package.json' }, /^something is not committed$/],
  ];
  for (const [what, over, problem] of planted) {
    it(`is refused where ${what}`, () => {
      const problems = checkRelease({ ...sound, ...over });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
    });
  }

  it('takes its notes from the changelog', () => {
    assert.equal(changesOf(changelog, '0.2.0'), '- A thing.\n');
    assert.equal(changesOf(changelog, '0.1.0'), '- The first.\n');
  });

  it('is a pre-release where the middle number is odd', () => {
    assert.deepEqual(['0.1.0', '0.2.0', '1.13.4', '2.0.1'].map(isPreRelease), [true, false, true, false]);
  });

  it('names the packages that went into the bundles, each once, and nothing of ours', () => {
    const read = (path: string): string =>
      JSON.stringify({ name: path.replace(/^.*node_modules\//, '').replace('/package.json', ''), version: '1.0.0', license: 'MIT' });
    const inputs = [
      'src/extension.ts',
      'node_modules/zod/v4/a.js',
      'node_modules/zod/v4/b.js',
      'node_modules/@scope/name/c.js',
      'node_modules/a/node_modules/b/d.js',
    ];
    const { components } = makeSbom({ name: 'agentrq', version: '0.2.0' }, inputs, read) as {
      components: { purl: string; licenses: unknown }[];
    };
    assert.deepEqual(
      components.map(({ purl }) => purl),
      ['pkg:npm/%40scope/name@1.0.0', 'pkg:npm/b@1.0.0', 'pkg:npm/zod@1.0.0'],
    );
    assert.deepEqual(components[0]?.licenses, [{ expression: 'MIT' }]);
  });
});
