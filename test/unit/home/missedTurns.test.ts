import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MissedTurn, noteMissed, takeMissed } from '../../../src/home/missedTurns.ts';

describe('missed turns', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'agentrq-missed-'));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const turn = (digit: string): MissedTurn => ({
    workspaceId: '0123456789a',
    sessionId: `${digit.repeat(8)}-14a8-7d31-a118-c04990044f92`,
    turn: 'ended',
    at: 1_764_500_000_000,
  });

  it('are taken whole, and once, also beside something that can not be taken away', () => {
    for (const digit of ['1', '3']) noteMissed(home, turn(digit));
    // Its name lies between those two.
    mkdirSync(join(home, 'missed', `0123456789a.${turn('2').sessionId}`));
    assert.deepEqual(takeMissed(home), [turn('1'), turn('3')]);
    assert.deepEqual(takeMissed(home), []);
  });
});
