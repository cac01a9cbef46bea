import { describeError } from '../../src/util/errors.ts';
import type { Case, Figures, System } from './bench.ts';

/** What was found, run by run: the same place in each list belongs to the same run. */
export interface Measured {
  subject: Case;
  figures: Partial<Record<System, Figures[]>>;
  /** Why it could not be measured. */
  broken?: string;
}

/** Measures each case `runs` times, all of its systems within each run: what the machine does meanwhile meets all of them. */
export async function runCases(cases: readonly Case[], runs: number, say: (line: string) => void): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const subject of cases) {
    const measured: Measured = { subject, figures: {} };
    all.push(measured);
    try {
      for (let run = 1; run <= runs; run += 1) {
        const sayRun = (system: string): void => say(`${subject.scenario}, ${subject.label}: run ${run} of ${runs}, ${system}`);
        if ('measureTogether' in subject) {
          sayRun(subject.systems.join(' and '));
          const found = await subject.measureTogether();
          for (const system of subject.systems) (measured.figures[system] ??= []).push(found[system] ?? {});
          continue;
        }
        for (const system of subject.systems) {
          sayRun(system);
          (measured.figures[system] ??= []).push(await subject.measure(system));
        }
      }
    } catch (error) {
      measured.broken = describeError(error);
      say(`${subject.scenario}, ${subject.label}: ${measured.broken}`);
    }
  }
  return all;
}
