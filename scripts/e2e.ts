import { spawnSync } from 'node:child_process';
import { e2eFiles, mocha, root } from './suites.ts';

// npm run e2e: the tests of the workbench, or those of the files that are named. mocha would add the files to those of a config.

const args = process.argv.slice(2);
const named = args.some((arg) => arg.endsWith('.test.ts'));
const { status } = spawnSync(process.execPath, mocha(['--config', 'test/e2e/.mocharc.json', ...(named ? [] : e2eFiles), ...args]), {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
