import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// What `npm test` runs, in this order.

export const root = join(import.meta.dirname, '..');

/** One program that runs tests. */
export interface Suite {
  /** As it is called in file names. */
  name: string;
  heading: string;
  /** What this Node is given to run. */
  args: readonly string[];
  /** Its test files. */
  globs: readonly string[];
  /** It needs VS Code and a browser. */
  needsHost: boolean;
}

const unitConfig = '.mocharc.json';
const e2eConfig = 'test/e2e/.mocharc.json';

export const suites: readonly Suite[] = [
  { name: 'unit', heading: 'Unit, contract and guard tests', args: mocha(unitConfig), globs: specOf(unitConfig), needsHost: false },
  {
    name: 'conformance',
    heading: 'Public conformance suites for MCP servers',
    args: ['--no-warnings', 'test/conformance/run.ts'],
    globs: [],
    needsHost: false,
  },
  {
    name: 'vscode',
    heading: 'Tests inside VS Code',
    args: ['test/vscode/run.ts'],
    globs: ['test/vscode/*.test.ts'],
    needsHost: true,
  },
  { name: 'e2e', heading: 'Tests of the workbench', args: mocha(e2eConfig), globs: specOf(e2eConfig), needsHost: true },
];

function mocha(config: string): string[] {
  const reporter = 'test/support/countingReporter.ts';
  // A test that was left out, or that leaves out all others, is a failure here.
  return ['node_modules/mocha/bin/mocha.js', '--config', config, '--reporter', reporter, '--forbid-only', '--forbid-pending'];
}

function specOf(config: string): string[] {
  return (JSON.parse(readFileSync(join(root, config), 'utf8')) as { spec: string[] }).spec;
}
