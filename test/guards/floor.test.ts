import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { checkFloor, type FloorSources, numberedParameters } from './checkFloor.ts';
import { readSources } from './exportStrings.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the oldest VS Code that is supported', () => {
  const { engines, devDependencies } = JSON.parse(read('package.json')) as {
    engines: { vscode: string };
    devDependencies: Record<string, string>;
  };
  const { dependencies } = JSON.parse(read('test/floor/package.json')) as { dependencies: Record<string, string> };
  const { packages } = JSON.parse(read('test/floor/package-lock.json')) as { packages: Record<string, { version?: string }> };
  const sources: FloorSources = {
    engine: engines.vscode,
    types: devDependencies['@types/vscode'] ?? '',
    wanted: dependencies['code-server'] ?? '',
    locked: packages['node_modules/code-server']?.version ?? '',
    told: new Map(['README.md', 'src/hub/storage/findSqlite.ts'].map((path) => [path, read(path)])),
  };

  it('is the one that is promised, compiled against, tested and told of', () => {
    assert.deepEqual(checkFloor(sources), []);
  });

  const planted: readonly (readonly [what: string, over: Partial<FloorSources>, problems: RegExp])[] = [
    ['an older one were promised', { engine: '^1.104.0' }, /@types\/vscode is .*promises 1\.104.*code-server .*README/s],
    ['a newer one were promised', { engine: '^1.106.0' }, /code-server 4\.105\.1, and engines\.vscode promises 1\.106/],
    ['any were promised', { engine: '*' }, /engines\.vscode is \*/],
    ['it were compiled against a newer one', { types: '1.106.0' }, /@types\/vscode is 1\.106\.0/],
    ['it were compiled against whatever is newest', { types: '^1.105.0' }, /@types\/vscode is \^1\.105\.0/],
    ['a newer one were tested', { wanted: '4.139.1' }, /takes code-server 4\.139\.1/],
    ['another one were locked', { locked: '4.105.0' }, /has locked code-server 4\.105\.0/],
    ['users were told another one', { told: new Map([['README.md', 'VS Code 1.99 or newer']]) }, /README/],
  ];
  for (const [what, over, problems] of planted)
    it(`would not be so if ${what}`, () => assert.match(checkFloor({ ...sources, ...over }).join('\n'), problems));

  it('can bind every parameter of the SQL of the hub', () => {
    assert.deepEqual(numberedParameters(readSources()), []);
    const numbered = "prepare('UPDATE tasks SET via = ?1')";
    assert.deepEqual(numberedParameters(new Map([['planted.ts', numbered]])), ['planted.ts: UPDATE tasks SET via = ?1']);
  });
});
