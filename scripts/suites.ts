import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

// What `npm test` runs, and what `.ci/run` runs beside it.

export const root = join(import.meta.dirname, '..');

/** One program that runs tests. */
export interface Suite {
  /** As it is called in file names. */
  name: string;
  /** The suite that it is a part of, by which `npm test` is asked for all parts. */
  partOf?: string;
  heading: string;
  /** What this Node is given to run. */
  args: readonly string[];
  /** Its test files. */
  globs: readonly string[];
  /** It needs VS Code and a browser. */
  needsHost: boolean;
}

/** The tests of the workbench. */
export const e2eFiles = globSync('test/e2e/**/*.test.ts', { cwd: root }).toSorted();
const floorConfig = 'test/floor/.mocharc.json';

/** The longest first, so that the shorter ones fill the time beside it. */
export const suites: readonly Suite[] = [
  ...e2eParts(2),
  contractSuite(['test/hub/**/*.test.ts']),
  mochaSuite('unit', 'Unit tests', ['test/unit/**/*.test.ts']),
  {
    name: 'vscode',
    heading: 'Tests inside VS Code',
    args: ['test/vscode/run.ts'],
    globs: ['test/vscode/*.test.ts'],
    needsHost: true,
  },
  mochaSuite('guards', 'Guards', ['test/guards/**/*.test.ts', 'test/conformance/*.test.ts']),
  {
    name: 'conformance',
    heading: 'Public conformance suites for MCP servers',
    args: ['--no-warnings', 'test/conformance/run.ts'],
    globs: [],
    needsHost: false,
  },
];

/** What `.ci/run` runs besides: the static checks, and a short slice of each command that takes long. Again the longest comes first. */
export const slices: readonly Suite[] = [
  {
    name: 'faults',
    heading: 'Faults and histories that are made up, other ones',
    args: ['scripts/faults.ts', '--times', '1', '--seed', '2'],
    globs: [],
    needsHost: false,
  },
  {
    name: 'floor',
    heading: 'The main loop in the oldest VS Code',
    args: mocha(['--config', floorConfig]),
    globs: specOf(floorConfig),
    needsHost: true,
  },
  // It needs the npm registry at its first run, and no account: the model is scripted.
  {
    name: 'agents',
    heading: 'A real agent, whose user allows and denies on the board',
    args: ['--no-warnings', 'test/agents/run.ts', '--only', 'claude', '--row', 'permission,pre-approval', '--way', 'bridge'],
    globs: [],
    needsHost: false,
  },
  { name: 'static', heading: 'Static checks', args: ['scripts/checkStatic.ts'], globs: [], needsHost: false },
  mochaSuite('bench', 'The benchmarks, tiny ones', ['test/bench/*.test.ts']),
  // One test of it runs hundreds of programs, each under strace.
  mochaSuite('effects', 'What stars let run, under strace, a few of them', ['test/effects/*.test.ts'], ['--timeout', '600000']),
];

/** The longest first. How long a file takes is not known before; a larger one takes longer. */
function bySize(files: readonly string[]): string[] {
  return files.toSorted((one, other) => statSync(join(root, other)).size - statSync(join(root, one)).size);
}

/** The tests of the workbench in parts that take about as long, each with a VS Code and a browser of its own. */
function e2eParts(count: number): Suite[] {
  const sorted = bySize(e2eFiles);
  return Array.from({ length: count }, (_, part) => {
    const files = sorted.filter((_path, place) => {
      const [round, turn] = [Math.floor(place / count), place % count];
      return (round % 2 === 0 ? turn : count - 1 - turn) === part;
    });
    return {
      name: `e2e-${part + 1}`,
      partOf: 'e2e',
      heading: `Tests of the workbench, part ${part + 1} of ${count}`,
      args: mocha(['--config', 'test/e2e/.mocharc.json', ...files]),
      globs: files,
      needsHost: true,
    };
  });
}

/**
 * The contract tests, in two processes that take one file after the other: most of their time they wait for the programs that they started.
 */
function contractSuite(globs: readonly string[]): Suite {
  const files = bySize(globSync([...globs], { cwd: root }));
  return { ...mochaSuite('contract', 'Contract tests of the hub', files, ['--parallel', '--jobs', '2']), globs };
}

function mochaSuite(name: string, heading: string, globs: readonly string[], options: readonly string[] = []): Suite {
  return { name, heading, args: mocha(['--config', '.mocharc.json', ...options, ...globs]), globs, needsHost: false };
}

/** What Node is given to run tests, so that they are counted. */
export function mocha(args: readonly string[]): string[] {
  const reporter = 'test/support/countingReporter.ts';
  // A test that was left out, or that leaves out all others, is a failure here.
  return ['node_modules/mocha/bin/mocha.js', ...args, '--reporter', reporter, '--forbid-only', '--forbid-pending'];
}

function specOf(config: string): string[] {
  return (JSON.parse(readFileSync(join(root, config), 'utf8')) as { spec: string[] }).spec;
}
