import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBaseline } from './baseline.ts';
import { conformanceFolder } from './conformanceSuites.ts';
import { judge, staleEntries } from './judge.ts';
import { type Check, checkSums, readResults, type ScenarioResult } from './results.ts';

const time = '2026-11-22T20-00-34-066Z';
const scenario = (name: string, ...checks: [id: string, status: Check['status']][]): ScenarioResult => ({
  scenario: name,
  checks: checks.map(([id, status]) => ({ id, status })),
});
const baselineOf = (...entries: string[]) => parseBaseline(['server:', ...entries.map((entry) => `  - ${entry} # why`), ''].join('\n'));

describe('the conformance of the hub', () => {
  const results = [
    scenario('ping', ['ping', 'SUCCESS'], ['wire', 'SUCCESS']),
    scenario('caching', ['tools', 'SUCCESS'], ['prompts', 'FAILURE'], ['scope', 'WARNING'], ['read', 'SKIPPED'], ['seen', 'INFO']),
    scenario('tasks', ['create', 'FAILURE'], ['get', 'FAILURE'], ['wire', 'SUCCESS']),
  ];

  it('is what passed, and what the baseline expects not to', () => {
    const baseline = baselineOf('caching:prompts', 'caching:scope', 'tasks');
    const verdict = judge(results, baseline);
    assert.deepEqual([verdict.scenarios, verdict.passed, verdict.expected, verdict.unexpected], [3, 4, 4, []]);
    assert.deepEqual(staleEntries([verdict], baseline), []);
  });

  it('is not reached by a check that fails, or only warns, and is not expected to', () => {
    const verdict = judge(results, baselineOf('tasks:create', 'caching:tools'));
    assert.deepEqual(verdict.unexpected, ['caching:prompts: FAILURE', 'caching:scope: WARNING', 'tasks:get: FAILURE']);
    assert.equal(verdict.expected, 1);
  });

  it('is not reached by a scenario in which nothing was checked', () => {
    const nothing = [scenario('polling', ['content-type', 'INFO']), scenario('empty')];
    assert.deepEqual(judge(nothing, baselineOf('polling')).unexpected, ['empty: nothing was checked']);
  });

  it('is not reached with an entry that nothing needs', () => {
    const baseline = baselineOf('caching:prompts', 'caching:tools', 'caching:read', 'ping', 'tasks', 'gone:check');
    const verdicts = [results, results.slice(0, 1)].map((each) => judge(each, baseline));
    assert.deepEqual(staleEntries(verdicts, baseline), ['caching:tools', 'caching:read', 'ping', 'gone:check']);
  });

  it('has a reason for each entry of its baseline', () => {
    assert.ok(parseBaseline(readFileSync(join(conformanceFolder, 'baseline.yml'), 'utf8')).size > 0);
    for (const line of ['  - ping', '  - ping #', '  - ping: check # why', '  ping # why', 'client:']) {
      assert.throws(() => parseBaseline(`server:\n${line}\n`), /Line 2 of the baseline is not/, line);
    }
    assert.throws(() => baselineOf('ping', 'ping'), /once more/);
  });
});

describe('the results of a conformance suite', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-results-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function leave(name: string, checks: unknown): void {
    mkdirSync(join(folder, `server-${name}-${time}`), { recursive: true });
    writeFileSync(join(folder, `server-${name}-${time}`, 'checks.json'), JSON.stringify(checks));
  }

  it('are read from its folder, and held against what it said', () => {
    leave('tools-call-2', [
      { id: 'call', name: 'Call', status: 'FAILURE', errorMessage: 'no such tool' },
      { id: 'wire', status: 'SUCCESS' },
    ]);
    leave('ping', [{ id: 'ping', status: 'SUCCESS' }]);
    const read = readResults(folder).toSorted((a, b) => a.scenario.localeCompare(b.scenario));
    assert.deepEqual(read, [
      { scenario: 'ping', checks: [{ id: 'ping', status: 'SUCCESS' }] },
      {
        scenario: 'tools-call-2',
        checks: [
          { id: 'call', status: 'FAILURE', errorMessage: 'no such tool' },
          { id: 'wire', status: 'SUCCESS' },
        ],
      },
    ]);
    const said = (scenarios: number, passed: number, failed: number): string =>
      `Running active suite (${scenarios} scenarios) against http://127.0.0.1:1/mcp\n…\nTotal: ${passed} passed, ${failed} failed\n`;
    assert.deepEqual(checkSums(said(2, 2, 1), read), []);
    assert.deepEqual(checkSums(said(3, 2, 2), read), [
      'scenarios: it said 3, and left the results of 2',
      'failed: it said 2, and left the results of 1',
    ]);
    assert.deepEqual(checkSums('Server test error: fetch failed', read), ['it ended before its summary']);
  });

  it('are refused when they say something that we do not know', () => {
    leave('ping', [{ id: 'ping', status: 'FLAKY' }]);
    assert.throws(() => readResults(folder), /FLAKY|Invalid/);
    leave('ping', []);
    mkdirSync(join(folder, 'other'));
    assert.throws(() => readResults(folder), /other.*no result/);
  });
});
