import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import { agentRows } from '../../../../src/ui/agentsView/agentRows.ts';
import { needsYouRows } from '../../../../src/ui/needsYou/needsYouRows.ts';
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
  const needs = (of: Board, at: number) => needsYouRows(of, at, english);
  const agents = (of: Board, at: number) => agentRows(of, at, english);

  it('go on without an event, and the editor reads a row again only when its words change', () => {
    const { clock, ticker, told } = watch(needs, board({ requests: [request({ createdAt: ago(175) })] }));
    ticker.show(true);
    clock.advance(130_000);
    assert.deepEqual(told, [
      '10 s: Claude Code · Fix the login · 3 min',
      '70 s: Claude Code · Fix the login · 4 min',
      '130 s: Claude Code · Fix the login · 5 min',
    ]);
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
    const requests = Array.from({ length: 100 }, (_, index) => request({ id: `request${1_000 + index}`, createdAt: ago(7_200) }));
    const { clock, ticker, told, looks } = watch(needs, board({ requests, agents: [agent({ lastHeardAt: ago(7_200) })] }));
    ticker.show(true);
    clock.advance(3_590_000);
    assert.deepEqual([told.length, looks()], [0, 359]);
    clock.advance(10_000);
    assert.equal(told.length, 100);
  });

  it('rest while nobody sees them', () => {
    const { clock, ticker, looks } = watch(needs, board({ requests: [request()] }));
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
