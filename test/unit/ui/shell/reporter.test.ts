import assert from 'node:assert/strict';
import { createReporter } from '../../../../src/ui/shell/errors.ts';
import { UserError } from '../../../../src/util/errors.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { english } from '../support/fixtures.ts';

async function report(error: unknown, ...script: Act[]) {
  const prompts = new FakePrompts(...script);
  const lines: string[] = [];
  let shown = false;
  createReporter({ prompts, log: createLogger((_, line) => lines.push(line)), showLog: () => (shown = true), l10n: english })(error);
  await new Promise((resolve) => setImmediate(resolve));
  return { prompts, lines, shown };
}

describe('reporter', () => {
  it('writes what nobody expected into the log, and leads there', async () => {
    const { prompts, lines, shown } = await report(new TypeError('oops'), { press: 'Show Log' });
    assert.match(prompts.texts[0] ?? '', /oops/);
    assert.match(lines[0] ?? '', /TypeError: oops\\n {4}at /);
    assert.equal(shown, true);
  });

  it('says no more than the sentence where there is one', async () => {
    const { prompts, lines } = await report(new UserError(translatable('The hub is away.')));
    assert.deepEqual(prompts.shown, [{ kind: 'toast', level: 'error', text: 'The hub is away.', buttons: [] }]);
    assert.deepEqual(lines, []);
  });
});
