import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badTypeNames, retired, vocabularyOf } from './checkTypeNames.ts';

const root = join(import.meta.dirname, '..', '..');

/** Names that two types may have, and why. */
const allowed = {
  Row: 'what a list draws is a row, in a tree of the editor and on a page alike; neither knows the other',
  Thread: 'a thread as it is read over REST, and as a window keeps it: one idea, with and without maps',
};

describe('the names of types', () => {
  const sources = (): Map<string, string> => {
    const paths = globSync('src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
    assert.ok(paths.length > 400, 'all sources are read');
    return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  };

  it('stand for one idea each, in the words of the vocabulary', () => assert.deepEqual(badTypeNames(sources(), allowed), []));

  it('would not pass with a second type of a name, or with a word that the vocabulary has replaced', () => {
    const planted = new Map([
      ['src/client/planted.ts', 'export interface Task {}\nexport type PersonName = string;'],
      ['src/hub/planted.ts', '  interface Task {}\nexport class HookDoors {}'],
    ]);
    assert.deepEqual(badTypeNames(new Map([...sources(), ...planted]), allowed), [
      'Task is in src/protocol/model/task.ts and in src/client/planted.ts',
      'PersonName in src/client/planted.ts: the word is user',
      'HookDoors in src/hub/planted.ts: the word is source',
    ]);
  });

  it('are allowed twice only where they are', () => {
    const without = new Set(badTypeNames(sources(), {}).map((problem) => problem.split(' ')[0]));
    assert.deepEqual(without, new Set(Object.keys(allowed)));
  });

  it('go by words that the vocabulary has', () => {
    const words = vocabularyOf(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
    assert.ok(words.has('task') && words.has('live'), 'the table is read');
    for (const word of Object.values(retired)) assert.ok(words.has(word), word);
  });
});
