import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a checker of accessibility finds wrong in a page, or in a part of it. */
export async function axeFinds(frame: Pick<Frame, 'evaluate'>, part?: string): Promise<unknown[]> {
  if (!(await frame.evaluate<boolean>(`'axe' in globalThis`))) await frame.evaluate(axe);
  const of = part === undefined ? 'document' : JSON.stringify(part);
  return frame.evaluate<unknown[]>(
    `axe.run(${of}, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
}
