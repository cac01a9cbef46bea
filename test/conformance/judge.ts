import type { Baseline } from './baseline.ts';
import type { ScenarioResult } from './results.ts';

/** How a suite went. */
export interface Verdict {
  scenarios: number;
  passed: number;
  /** Checks that didn't pass, and that the baseline names. */
  expected: number;
  /** What else didn't pass: a sentence each. */
  unexpected: string[];
  /** The entries of the baseline that were of use. */
  used: Set<string>;
}

/**
 * Holds the results of a suite against the baseline. Stricter than the suites are themselves: a check that only warns has not passed,
 * scenarios that they don't score count like all others, and one in which nothing was checked is a failure.
 */
export function judge(results: readonly ScenarioResult[], baseline: Baseline): Verdict {
  const verdict: Verdict = { scenarios: results.length, passed: 0, expected: 0, unexpected: [], used: new Set() };
  for (const { scenario, checks } of results) {
    const isExpected = (...entries: string[]): boolean => {
      const entry = entries.find((each) => baseline.has(each));
      if (entry !== undefined) verdict.used.add(entry);
      return entry !== undefined;
    };
    const told = checks.filter(({ status }) => status !== 'SKIPPED' && status !== 'INFO');
    if (told.length === 0 && !isExpected(scenario)) verdict.unexpected.push(`${scenario}: nothing was checked`);
    for (const { id, status, errorMessage } of told) {
      const entry = `${scenario}:${id}`;
      if (status === 'SUCCESS') verdict.passed += 1;
      else if (isExpected(entry, scenario)) verdict.expected += 1;
      else verdict.unexpected.push(`${entry}: ${errorMessage ?? status}`);
    }
  }
  return verdict;
}

/** The entries of the baseline that no suite had a use for: what they name passes, or isn't there. */
export function staleEntries(verdicts: readonly Verdict[], baseline: Baseline): string[] {
  return [...baseline].filter((entry) => !verdicts.some(({ used }) => used.has(entry)));
}
