import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, slices, suites } from '../../scripts/suites.ts';
import { checkTests } from './checkTests.ts';

const globs = [...suites, ...slices].flatMap((suite) => suite.globs);

describe('the tests', () => {
  it('are run by .ci/run, all of them', () => {
    const paths = globSync('test/**/*.test.ts', { cwd: root, exclude: ['**/node_modules', '**/.staging-*'] });
    assert.ok(paths.length > 20, `only ${paths.length} test files were found`);
    assert.deepEqual(checkTests(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])), globs), []);
  });

  it('would not pass if nothing ran one of them', () => {
    for (const path of ['test/new/planted.test.ts', 'test/support/planted.test.ts', 'src/util/planted.test.ts']) {
      assert.deepEqual(checkTests(new Map([[path, '']]), globs), [`${path} is run by nothing`]);
    }
  });

  it('would not pass if one of them were left out', () => {
    // In two parts, or this file would be one of those.
    const calls = ['it.', 'describe.', 'context .', 'specify. '].flatMap((name) => [`${name}only`, `${name}skip`]);
    for (const call of [...calls, 'this.skip', 'xit', 'xdescribe']) {
      const text = `// first\n  ${call}('does it', () => {});\n`;
      assert.deepEqual(checkTests(new Map([['test/unit/planted.test.ts', text]]), globs), [
        `test/unit/planted.test.ts:2 leaves tests out: ${call}`,
      ]);
    }
    const sound = "it('only skips', () => { queue.skip(1); exit(1); items.only(); });";
    assert.deepEqual(checkTests(new Map([['test/unit/planted.test.ts', sound]]), globs), []);
  });

  it('would not pass if one passed where it can not be made', () => {
    // In two parts, or this file would be one of those.
    const planted = ["it('does it', () => {", "  if (process.platform === 'win32')"].join('\n');
    assert.deepEqual(checkTests(new Map([['test/unit/planted.test.ts', `${planted} return;\n});`]]), globs), [
      "test/unit/planted.test.ts:2 passes without a test where it can't be made",
    ]);
  });

  it('would not pass if one had a limit of its own, or were tried again', () => {
    const planted = ['  this.timeout', '}).timeout', 'this.retries', '}).retries'].map((call) => `${call}(3);`).join('\n');
    assert.deepEqual(checkTests(new Map([['test/unit/planted.test.ts', planted]]), globs), [
      'test/unit/planted.test.ts:1 has a limit of its own',
      'test/unit/planted.test.ts:2 has a limit of its own',
      'test/unit/planted.test.ts:3 is tried again when it fails',
      'test/unit/planted.test.ts:4 is tried again when it fails',
    ]);
    assert.deepEqual(checkTests(new Map([['test/unit/planted.test.ts', 'AbortSignal.timeout(3);']]), globs), []);
  });
});
