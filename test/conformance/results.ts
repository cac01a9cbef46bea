import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const checksSchema = z.array(
  z.object({ id: z.string(), status: z.enum(['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED', 'INFO']), errorMessage: z.string().optional() }),
);

/** What a suite found out about one thing. */
export type Check = z.infer<typeof checksSchema>[number];

/** What a suite looked at in one go. */
export interface ScenarioResult {
  scenario: string;
  checks: Check[];
}

/** What a suite left in its folder of results: `server-<scenario>-<time>/checks.json`. */
export function readResults(folder: string): ScenarioResult[] {
  return readdirSync(folder).map((name) => {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name)?.[1];
    if (scenario === undefined) throw new Error(`${name} in ${folder} is no result of a scenario.`);
    return { scenario, checks: checksSchema.parse(JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'))) };
  });
}

/** What doesn't fit between what a suite said that it did and what it left behind: a sentence each. */
export function checkSums(output: string, results: readonly ScenarioResult[]): string[] {
  const checks = results.flatMap((result) => result.checks);
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const left = { scenarios: results.length, passed: count('SUCCESS'), failed: count('FAILURE') };
  const announced = /^Running .+ \((\d+) scenarios\) against /m.exec(output);
  const total = /^Total: (\d+) passed, (\d+) failed$/m.exec(output);
  if (announced === null || total === null) return ['it ended before its summary'];
  const said = { scenarios: Number(announced[1]), passed: Number(total[1]), failed: Number(total[2]) };
  return (['scenarios', 'passed', 'failed'] as const)
    .filter((sum) => said[sum] !== left[sum])
    .map((sum) => `${sum}: it said ${said[sum]}, and left the results of ${left[sum]}`);
}
