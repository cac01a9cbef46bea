import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRawStream } from '../support/rawStream.ts';
import { startTestHub } from '../support/testHub.ts';
import type { Case, Figures } from './bench.ts';
import { buildServers } from './buildServers.ts';
import { type JudgedCase, judge } from './judge.ts';
import { createMarkerReader, markedLine } from './load/markers.ts';
import { configureServers } from './load/startServer.ts';
import { createTally } from './load/tally.ts';
import { planCases } from './plan.ts';
import { renderTable } from './renderTable.ts';
import { runCases } from './runCases.ts';
import { openBenchEndpoints } from './servers/startBenchHub.ts';

describe('the benchmarks', () => {
  let folder: string;
  const silent = (): void => {};
  const tinyCases = (): Case[] => planCases('tiny', { entry: () => join(folder, 'hub.cjs'), maxReaders: 100 });

  function assertMeasured(judged: readonly JudgedCase[]): void {
    for (const { label, faults, broken, rows } of judged) {
      assert.deepEqual([broken, faults], [undefined, []], label);
      for (const row of rows) assert.ok(Number.isFinite(row.medians.agentrq), `${label}: ${row.label}`);
    }
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-bench-test-'));
    configureServers({ hubProgram: (await buildServers(folder)).benchHub });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('measure everything that they name, and no event is lost or doubled by the hub', async () => {
    const cases = tinyCases().filter(({ scenario }) => scenario !== 'outside');
    const ofHub = cases.map(
      (each): Case => ({ ...each, systems: each.scenario === 'fanout' ? ['floor', 'coalesced', 'agentrq'] : ['agentrq'] }),
    );
    // Two at a time: nobody looks at how fast it was.
    const halves = [0, 1].map((rest) => ofHub.filter((_, index) => index % 2 === rest));
    const judged = (await Promise.all(halves.map(async (half) => await runCases(half, 1, silent)))).flat().map(judge);

    assert.equal(judged.length, cases.length);
    assertMeasured(judged);
    const table = renderTable(judged);
    for (const { label } of cases) assert.ok(table.includes(label), label);
    assert.match(table, /deliveries, \/s .* ≥ 0\.9 × floor +(yes|NO)$/m);
  });

  if (process.platform === 'linux') {
    it('measure the hub from outside, as its command starts it', async () => {
      const judged = (
        await runCases(
          tinyCases().filter(({ scenario }) => scenario === 'outside'),
          1,
          silent,
        )
      ).map(judge);
      assert.equal(judged.length, 1);
      assertMeasured(judged);
      assert.deepEqual(
        judged.flatMap(({ rows }) => rows.map(({ label, ratio }) => [label, ratio !== undefined])),
        [
          ['deliveries', true],
          ['CPU for 100,000 deliveries', true],
        ],
      );
    });
  }

  const caseOf = (figures: Record<'floor' | 'agentrq', Figures[]>): Case => ({
    scenario: 'fanout',
    label: 'planted',
    systems: ['floor', 'agentrq'],
    rows: [
      { figure: 'perSecond', label: 'deliveries', unit: '/s', bar: { of: 'ratio', atLeast: 0.9 } },
      { figure: 'megabytes', label: 'growth', unit: 'MB', bar: { of: 'figure', atMost: 8 } },
    ],
    measure: async (system) => await Promise.resolve(figures[system === 'floor' ? 'floor' : 'agentrq'].shift() ?? {}),
  });

  it('judge by the median of the ratios within each run', async () => {
    const floor = [100, 200, 50].map((perSecond) => ({ perSecond, megabytes: 100 }));
    const agentrq = [90, 100, 50].map((perSecond, run) => ({ perSecond, megabytes: 7 + run }));
    const [measured] = await runCases([caseOf({ floor, agentrq })], 3, silent);
    assert.ok(measured !== undefined);
    const [speed, growth] = judge(measured).rows;
    assert.deepEqual(speed?.ratio, { median: 0.9, min: 0.5, max: 1 });
    assert.deepEqual([speed.bar, speed.met, speed.medians], ['≥ 0.9 × floor', true, { floor: 100, agentrq: 90 }]);
    assert.deepEqual([growth?.bar, growth?.met, growth?.medians.agentrq], ['≤ 8 MB', true, 8]);
    const slower = [1, 2, 3].map(() => ({ perSecond: 89, megabytes: 9 }));
    const [again] = await runCases([caseOf({ floor: slower.map(() => ({ perSecond: 100, megabytes: 0 })), agentrq: slower })], 3, silent);
    assert.ok(again !== undefined);
    assert.deepEqual(
      judge(again).rows.map(({ met }) => met),
      [false, false],
    );
  });

  it('fail when an event was lost, and when something broke', async () => {
    const planted = caseOf({ floor: [{ perSecond: 1, megabytes: 0 }], agentrq: [{ perSecond: 1, megabytes: 0, lost: 2, doubled: 0 }] });
    const broken: Case = { ...planted, measure: async () => await Promise.reject(new Error('no port')) };
    const [lost, failed] = (await runCases([planted, broken], 1, silent)).map(judge);
    assert.deepEqual(lost?.faults, ['fanout, planted: agentrq had 2 events lost in run 1']);
    assert.equal(failed?.broken, 'no port');
    assert.match(renderTable([failed]), /planted {2}BROKEN: no port/);
  });

  it('see every event that is missing, there twice or out of its place', () => {
    const tally = createTally();
    for (const number of [0, 1, 4, 3, 3, 5]) tally.take(number);
    assert.deepEqual([tally.next, tally.doubled, tally.disordered, tally.lost(6), tally.lost(8)], [2, 1, 1, 1, 3]);
  });

  it('find the numbers of events wherever a stream is cut', () => {
    const stream = Buffer.from([7, 8, 9].map((number) => `id: ${number}\ndata: ${markedLine(number, 60)}\n\n`).join(''));
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const shared = {};
      // Two readers of the same bytes, of which the second only compares them.
      for (const markers of [createMarkerReader(shared), createMarkerReader(shared)]) {
        assert.deepEqual([...markers.read(stream.subarray(0, cut)), ...markers.read(stream.subarray(cut))], [7, 8, 9]);
      }
    }
    assert.equal(markedLine(7, 500).length, 500);
  });

  const publish = async (url: string, body: string, token = 'bench'): Promise<number> =>
    (await fetch(`${url}/_bench/publish`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })).status;

  it('publish through a door that answers when every line is a message of the log', async () => {
    const test = await startTestHub({ userToken: 'bench' }, openBenchEndpoints);
    const { url, userToken } = test.hub;
    const stream = await openRawStream({ url, userToken });
    // The second has no end of line, and the third comes in several pieces.
    const lines = ['{"n":1}', '{"n":2}', JSON.stringify({ long: 'é'.repeat(100_000) })];
    assert.equal(await publish(url, `${lines[0]}\n\n${lines[1]}`), 204);
    assert.equal(await publish(url, `${lines[2]}\n`), 204);
    const messages = await stream.waitForMessages(3);
    const texts = messages.map(({ data }) => (JSON.parse(data) as { type: string; payload: { text: string } }).payload.text);
    assert.deepEqual(texts, lines);
    assert.equal(await publish(url, 'x', 'wrong'), 401);
    stream.close();
    await test.dispose();
  });

  it('have a door that the product has not', async () => {
    const test = await startTestHub({ userToken: 'bench' });
    assert.equal(await publish(test.hub.url, '{}'), 404);
    await test.dispose();
    assert.ok(!readFileSync(join(folder, 'hub.cjs'), 'utf8').includes('_bench'));
  });
});
