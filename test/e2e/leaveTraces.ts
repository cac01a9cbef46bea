import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import type { Product } from '../support/product.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const folder = join(root, 'out', 'e2e-failed');

/** What is left of a test that has failed: a picture of its window, and in its error the picture's path and the last lines of the logs. */
export async function leaveTraces(failed: {
  suite: string;
  test: string;
  error: unknown;
  window: Workbench | undefined;
  product: Product | undefined;
}): Promise<void> {
  const { error, window, product } = failed;
  if (!(error instanceof Error)) return;
  const lines: string[] = [];
  if (window !== undefined) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${inFileName(failed.suite)} - ${inFileName(failed.test)}.png`);
    const taken = await window.screenshot(path).then(
      () => path,
      (why: unknown) => `none (${String(why)})`,
    );
    lines.push(`Picture: ${taken}`);
    const errors = window.errors.unexpected.slice(-10);
    if (errors.length > 0) lines.push('Errors in the console:', ...errors);
  }
  if (product !== undefined) lines.push('Last lines of the log:', product.lastLines());
  // The report shows the stack, up to the first place in it as the message.
  const [, said = error.message, places = ''] = /^([^]*?)\n(\s+at [^]*)$/.exec(error.stack ?? '') ?? [];
  error.stack = `${said}\n${lines.join('\n').replace(/^/gm, '      ')}\n${places}`;
}

function inFileName(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 60);
}
