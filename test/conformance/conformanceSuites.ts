import { join } from 'node:path';

/** A suite, as its program is started. */
export interface ConformanceSuite {
  name: string;
  /** Its package in the `package.json` of `suitesFolder`. */
  packageName: string;
  args: readonly string[];
}

export const conformanceFolder = import.meta.dirname;

/**
 * The folder that holds the suites' package.json, its lock file and, once installed, the suites. None of our files is in it, or below it: an
 * import of a package would find one that is just being installed.
 */
export const suitesFolder = join(conformanceFolder, 'suites');

/** The released suite, and the newer one with what each revision of MCP requires. */
export const conformanceSuites: readonly ConformanceSuite[] = [
  { name: '0.1.16 active', packageName: 'suite-0.1', args: ['--suite', 'active'] },
  { name: '0.2.0-alpha.12 for 2025-11-25', packageName: 'suite-0.2', args: ['--requirements', '2025-11-25'] },
  { name: '0.2.0-alpha.12 for 2026-07-28', packageName: 'suite-0.2', args: ['--requirements', '2026-07-28'] },
];

/** The program of a suite. */
export function programOf({ packageName }: ConformanceSuite): string {
  return join(suitesFolder, 'node_modules', packageName, 'dist', 'index.js');
}
