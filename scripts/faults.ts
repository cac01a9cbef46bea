import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mocha, root } from './suites.ts';

// npm run faults: the tests that make up what happens (`runs` of test/support/generated.ts, the fault matrix among them), with other
// histories than `npm test` has, and `--times` as many. `--seed` repeats what failed.

const { values } = parseArgs({ options: { times: { type: 'string', default: '20' }, seed: { type: 'string' } } });
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
const files = globSync('test/{unit,hub}/**/*.test.ts', { cwd: root }).filter((path) =>
  readFileSync(join(root, path), 'utf8').includes('support/generated.ts'),
);
console.log(`${files.length} files, ${values.times} times as many histories, --seed ${seed}`);
const env = { ...process.env, AGENTRQ_TIMES: values.times, AGENTRQ_SEED: seed };
// No limit: how long it takes is up to `--times`, and what waits for something has a limit of its own.
const { status } = spawnSync(process.execPath, mocha(['--config', '.mocharc.json', '--timeout', '0', ...files]), {
  cwd: root,
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
