import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';

describe('the command line of npm run agents', () => {
  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const start = join(root, 'test', 'agents', 'start.ts');
    return spawnSync(process.execPath, ['--no-warnings', start, ...args], { cwd: root, encoding: 'utf8' });
  }

  for (const command of [[], ['wake'], ['cost']]) {
    const name = ['agents', ...command].join(' ');

    it(`lists the options of ${name}, and plays nothing`, () => {
      const { status, stdout, stderr } = run(...command, '--help');
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, new RegExp(`^Usage: npm run ${['agents --', ...command].join(' ')} `));
    });

    it(`says in a sentence what it doesn’t know: ${name}`, () => {
      const { status, stdout, stderr } = run(...command, '--nothing');
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, /^Unknown option '--nothing'\.\n\nUsage: npm run agents -- /);
    });
  }

  it('says which agents, rows and ways there are', () => {
    for (const [option, one] of [
      ['only', 'claude'],
      ['row', 'tasks'],
      ['way', 'bridge'],
    ] as const) {
      const { status, stderr } = run(`--${option}`, 'nobody');
      assert.equal(status, 2);
      assert.match(stderr, new RegExp(`^--${option} takes .*${one}.*, or several with commas, not “nobody”\\.`));
    }
  });
});
