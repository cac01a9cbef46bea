import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLines } from '../../../../src/agents/bridge/lines.ts';

async function linesOf(chunks: readonly string[]): Promise<string[]> {
  async function* source(): AsyncGenerator<string> {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of readLines(source())) lines.push(line);
  return lines;
}

describe('the lines of an agent', () => {
  it('are the same however they are cut into chunks', async () => {
    const line = fc.string({ unit: 'binary', minLength: 1 }).map((text) => JSON.stringify(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(200), { maxLength: 8 }), async (lines, cuts) => {
        const text = lines.map((each) => `${each}\n`).join('');
        const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
        assert.deepEqual(await linesOf(chunks), lines);
      }),
    );
  });

  it('end at line feeds only: JSON may hold what others take for line ends', async () => {
    assert.deepEqual(await linesOf(['{"a":"\u2028\u2029\u0085"}\n{}\r\n']), ['{"a":"\u2028\u2029\u0085"}', '{}\r']);
  });

  it('may lack the last line end, and empty ones count for nothing', async () => {
    assert.deepEqual(await linesOf(['\n\n {}', '\n', ' \r\n[]']), [' {}', '[]']);
    assert.deepEqual(await linesOf([]), []);
  });
});
