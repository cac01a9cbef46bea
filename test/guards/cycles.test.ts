import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCycles } from './checkCycles.ts';

const root = join(import.meta.dirname, '..', '..');

describe('imports', () => {
  it('go in no circle, not even of types or of what is loaded later', () => {
    const paths = globSync('src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
    assert.ok(paths.length > 400, 'all sources are read');
    assert.deepEqual(importCycles(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))), []);
  });

  const circles: [string, string, string][] = [
    ['values', "export { b } from './x/b.ts';", "import { a } from '../a.ts';"],
    ['types', "import type { B } from './x/b.ts';", "export type { A } from '../a.ts';"],
    ['what is loaded later', "export const load = () => import('./x/b.ts');", "import type {\n  A,\n} from '../a.ts';"],
    ['what is only run', "import './x/b.ts';", "import '../a.ts';"],
  ];
  for (const [what, a, b] of circles) {
    it(`would not pass with a circle of ${what}`, () => {
      const files = new Map([
        ['src/a.ts', a],
        ['src/x/b.ts', b],
        ['src/c.ts', "import { a } from './a.ts';"],
      ]);
      assert.deepEqual(importCycles(files), [['src/a.ts', 'src/x/b.ts']]);
    });
  }

  it('would not pass with a file that imports itself; a comment is no import', () => {
    assert.deepEqual(importCycles(new Map([['src/a.ts', "import { a } from './a.ts';"]])), [['src/a.ts']]);
    assert.deepEqual(importCycles(new Map([['src/a.ts', "// import { a } from './a.ts';"]])), []);
  });
});
