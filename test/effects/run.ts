import { parseArgs } from 'node:util';
import { runEffects } from './runEffects.ts';
import { whyNoTrace } from './traceLines.ts';

// `npm run rules:effects`: runs lines that stars allow, on real programs in a hostile repository, and says what they did besides reading.

const { values } = parseArgs({ options: { lines: { type: 'string', default: '5000' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const missing = whyNoTrace();
if (missing === undefined) {
  console.log(`Seed ${seed}: -- --seed ${seed} runs the same lines again.`);
  const {
    lines,
    tried,
    byCommand,
    effects,
    missing: notInstalled,
  } = runEffects({
    count: Number(values.lines),
    seed,
    told: (done) => console.log(`${done} lines have run.`),
  });
  console.log([...byCommand].map(([name, uses]) => `${name} ${uses}`).join(', '));
  if (notInstalled.length > 0) console.log(`Not installed, and not run: ${notInstalled.join(', ')}.`);
  for (const { folder, command, what } of effects.slice(0, 50)) console.log(`\n${folder}$ ${command}\n  ${what}`);
  console.log(`\n${lines} lines allowed of ${tried} that were made up; ${effects.length} did more than reading.`);
  process.exitCode = effects.length === 0 ? 0 : 1;
} else {
  console.error(missing);
  process.exitCode = 1;
}
