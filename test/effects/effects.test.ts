import assert from 'node:assert/strict';
import { knownCommands } from '../../src/hub/rules/known/findKnown.ts';
import { runs } from '../support/generated.ts';
import { runEffects } from './runEffects.ts';
import { whyNoTrace } from './traceLines.ts';

// A short slice of `npm run rules:effects`.

describe('lines that stars allow, on real programs in a hostile repository', () => {
  before(() => assert.equal(whyNoTrace(), undefined));

  it('do nothing but read in it', () => {
    const { lines, effects } = runEffects({ count: runs(150), seed: 1 });
    assert.ok(lines >= runs(140), `${lines} lines`);
    assert.deepEqual(effects, []);
  });

  const wrong: [name: string, option: string, count: number, what: RegExp][] = [
    ['sort', '-o=text', 40, /^opens .*O_CREAT/],
    ['git log', '--output=text', 60, /^opens .*O_CREAT/],
    ['git grep', '-O[=text]', 200, /^starts /],
    ['grep', '-R', 40, /^opens .*(?:passwd|secret)/],
  ];
  for (const [name, option, count, what] of wrong) {
    it(`would not be found to, were ${option} taken for harmless in ${name}`, () => {
      const known = knownCommands.find((one) => one.name === name);
      assert.ok(known);
      const { options } = known;
      try {
        // Nothing else, so that it is among the lines for sure.
        known.options = option;
        const { effects } = runEffects({ count, seed: 1, commands: [known] });
        assert.ok(
          effects.some((effect) => what.test(effect.what)),
          `${effects.length} effects`,
        );
      } finally {
        known.options = options;
      }
    });
  }
});
