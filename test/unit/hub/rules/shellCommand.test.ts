import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { readLine } from '../../../../src/hub/rules/shellCommand.ts';
import { writtenWords } from './shellSamples.ts';

const shell = '/bin/bash';

/** What bash makes of the words: they are arguments of its own `printf`, and it can find no program. */
function wordsByBash(lines: readonly string[]): string[][] {
  const script = lines.map((line) => String.raw`printf '%s\0' ${line}; printf '\1'`).join('\n');
  const { stdout, status } = spawnSync(shell, ['--norc', '-c', script], { encoding: 'utf8', env: { PATH: '/nonexistent', LC_ALL: 'C' } });
  assert.equal(status, 0);
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1));
}

const readCommandLine = (source: string) => readLine(source, 'bash')?.map(({ words }) => words);

describe('readLine', () => {
  it('reads the words that the program gets, as bash does', () => {
    const lines = fc.sample(fc.array(writtenWords, { minLength: 1, maxLength: 5 }), 1_500);
    const sources = lines.map((words) => words.map(({ source }) => source).join(' '));
    const expected = lines.map((words) => words.map(({ word }) => word));
    assert.deepEqual(
      sources.map((source) => readCommandLine(`x ${source}`)),
      expected.map((words) => [['x', ...words]]),
    );
    if (existsSync(shell)) assert.deepEqual(wordsByBash(sources), expected);
  });

  it('reads the commands of a line in their order', () => {
    const words = fc.array(writtenWords, { minLength: 1, maxLength: 3 });
    const line = fc.array(fc.tuple(fc.constantFrom('&&', '||', ';', '|', ' ;  '), words), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(line, (commands) => {
        const source = commands
          .map(([operator, all], index) => `${index > 0 ? operator : ''}x ${all.map((one) => one.source).join(' ')}`)
          .join('');
        assert.deepEqual(
          readCommandLine(source),
          commands.map(([, all]) => ['x', ...all.map(({ word }) => word)]),
        );
      }),
    );
  });
});
