import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What a checker of accessibility finds wrong in a page, or in a part of it. */
export async function axeFinds(frame: Pick<Frame, 'evaluate'>, part?: string): Promise<unknown[]> {
  if (!(await frame.evaluate<boolean>(`'axe' in globalThis`))) await frame.evaluate(axe.source);
  const of = part === undefined ? 'document' : JSON.stringify(part);
  return frame.evaluate<unknown[]>(
    `axe.run(${of}, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
}
