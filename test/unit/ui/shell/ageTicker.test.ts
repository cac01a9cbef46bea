import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import { agentRows } from '../../../../src/ui/agentsView/agentRows.ts';
import { createAgeTicker } from '../../../../src/ui/shell/ageTicker.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { RowTree } from '../../../../src/ui/tree/rowTree.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { agent, ago, board, english, now, request } from '../support/fixtures.ts';

/** A view of these rows in which nothing happens but that time passes; what the editor was told to read again, and when. */
function watch(rows: (board: Board, now: number) => readonly Row[], content: Board) {
  const clock = createFakeClock(now);
  const tree = new RowTree();
  tree.update(rows(content, now));
  const told: string[] = [];
  let looks = 0;
  const ticker = createAgeTicker(clock, () => {
    looks += 1;
    const changes = tree.update(rows(content, clock.now()));
    assert.ok(changes.kind === 'some', 'the whole tree is read again');
    for (const { row } of changes.nodes) told.push(`${(clock.now() - now) / 1_000} s: ${row.description}`);
  });
  return { clock, ticker, told, looks: () => looks };
}

describe('ages in rows', () => {
  const agents = (of: Board, at: number) => agentRows(of, at, english);

  it('go on without an event, and the editor reads a row again only when its words change', () => {
    const away = agent({ connected: false, lastHeardAt: ago(775) });
    const { clock, ticker, told } = watch(agents, board({ agents: [away] }));
    ticker.show(true);
    clock.advance(130_000);
    assert.deepEqual(
      told,
      ['10 s: 13', '70 s: 14', '130 s: 15'].map((line) => line.replace(': ', ': offline, last active ').concat(' min ago')),
    );
  });

  it('say since when an agent waits and when it was last heard', () => {
    const waiting = agent({ waitingFor: ['request0001'], lastHeardAt: ago(20) });
    const quiet = agent({ id: 'agent000002', connected: false, lastHeardAt: ago(20) });
    const { clock, ticker, told } = watch(agents, board({ agents: [waiting, quiet], requests: [request({ createdAt: ago(180) })] }));
    ticker.show(true);
    clock.advance(60_000);
    // The tooltip of the first says when it was heard, so that is read again as well.
    assert.deepEqual(
      told.filter((line) => line.includes('s: last active')),
      ['30 s', '40 s', '50 s', '1 min'].map((age, index) => `${(index + 1) * 10} s: last active ${age} ago`),
    );
    assert.equal(
      told.findLast((line) => line.includes('waiting for you')),
      '60 s: waiting for you 4 min',
    );
  });

  it('cost the editor nothing while they read the same, for a hundred rows and an hour', () => {
    const away = { connected: false, lastHeardAt: ago(7_200) };
    const hundred = Array.from({ length: 100 }, (_, index) => agent({ id: `agent${100_000 + index}`, ...away }));
    const { clock, ticker, told, looks } = watch(agents, board({ agents: hundred }));
    ticker.show(true);
    clock.advance(3_590_000);
    assert.deepEqual([told.length, looks()], [0, 359]);
    clock.advance(10_000);
    assert.equal(told.length, 100);
  });

  it('rest while nobody sees them', () => {
    const { clock, ticker, looks } = watch(agents, board({}));
    clock.advance(60_000);
    ticker.show(true);
    ticker.show(true);
    assert.equal(clock.pending, 1, 'one timer, however often it is shown');
    clock.advance(20_000);
    ticker.show(false);
    clock.advance(60_000);
    assert.deepEqual([looks(), clock.pending], [2, 0]);
    ticker.show(true);
    ticker.dispose();
    assert.equal(clock.pending, 0);
  });
});
