import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPractice, type Practice } from '../../../src/host/practiceProcess.ts';
import { nullLog } from '../../../src/util/log.ts';
import { makeHome } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the process of the practice agent', () => {
  let home: string;
  let practice: Practice;

  beforeEach(() => {
    home = makeHome();
    const entry = join(home, 'agent.cjs');
    writeFileSync(join(home, 'starts'), '');
    writeFileSync(
      entry,
      `require('node:fs').appendFileSync(${JSON.stringify(join(home, 'starts'))}, process.argv.slice(2).join(' ') + '\\n');
       setInterval(() => require('node:fs').existsSync(${JSON.stringify(join(home, 'end'))}) && process.exit(), 10);`,
    );
    practice = createPractice({ entry, home: () => home, log: nullLog });
  });

  afterEach(() => {
    practice.dispose();
    rmSync(home, { recursive: true, force: true });
  });

  const starts = (): string[] => readFileSync(join(home, 'starts'), 'utf8').split('\n').slice(0, -1);

  it('is one, also after a double click, and is told where to find the hub and no token', async () => {
    practice.start('workspace01');
    assert.throws(() => practice.start('workspace01'), /at work already/);
    await waitFor('it to start', () => starts().length > 0);
    assert.throws(() => practice.start('workspace02'), /at work already/);
    assert.deepEqual(starts(), [`--workspace workspace01 --home ${home}`]);
  });

  it('can be started again once it has ended', async () => {
    practice.start('workspace01');
    await waitFor('it to start', () => starts().length === 1);
    appendFileSync(join(home, 'end'), '');
    await waitFor('the next one to start', () => {
      try {
        practice.start('workspace02');
        return true;
      } catch {
        return false;
      }
    });
    await waitFor('it to start', () => starts().length === 2);
  });
});
