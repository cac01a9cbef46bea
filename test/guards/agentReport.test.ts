import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { agentIds, hookDialects } from '../../src/agents/config/connectAgent.ts';
import { findDialect } from '../../src/hub/hooks/dialects/findDialect.ts';
import { waitSliceOf } from '../../src/hub/service/waitSlice.ts';
import { agentNames, introductions } from '../../src/ui/connect/agentText.ts';
import { type AgentReport, readReport } from '../agents/report.ts';
import { rows as playedRows } from '../hub/agentMatrix/matrix.ts';
import { type AgentReportSources, checkAgentReport } from './checkAgentReport.ts';

interface Lock {
  packages: Record<string, { version?: string }>;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the report of the real agents', () => {
  const { dependencies } = JSON.parse(read('test/agents/package.json')) as { dependencies: Record<string, string> };
  const { packages } = JSON.parse(read('test/agents/package-lock.json')) as Lock;
  const sources: AgentReportSources = {
    report: readReport(),
    wanted: dependencies,
    locked: Object.fromEntries(Object.keys(dependencies).map((name) => [name, packages[`node_modules/${name}`]?.version ?? ''])),
    readme: read('README.md'),
  };
  const claude = sources.report.find(({ agent }) => agent === 'Claude Code');

  const withClaude = (changes: Partial<AgentReport>): AgentReportSources => ({
    ...sources,
    report: sources.report.map((one) => (one === claude ? { ...one, ...changes } : one)),
  });

  it('is of the versions that the lock file has, whole, and what the README says', () => {
    assert.deepEqual(checkAgentReport(sources), []);
  });

  it('would not pass with another version', () => {
    const problems = checkAgentReport(withClaude({ version: '2.0.0' }));
    assert.equal(problems.length, 2, problems.join('\n'));
    assert.match(problems[0] ?? '', /^Claude Code was played as 2\.0\.0, and the lock file has /);
    assert.match(problems[1] ?? '', /^the README’s table is not what the report says/);
  });

  it('would not pass with an agent that was never played', () => {
    const problems = checkAgentReport({ ...sources, report: sources.report.filter((one) => one !== claude) });
    assert.deepEqual(problems, [
      '@anthropic-ai/claude-code is installed and not in the report',
      'the README’s table is not what the report says: npm run agents -- --readme',
    ]);
  });

  it('would not pass with a row that fails, that is missing, or of which the README says something else', () => {
    const rows = claude?.rows ?? assert.fail('Claude Code is in the report');
    const no = { kind: 'no', reason: 'planted' } as const;
    const planted = { ...rows, tasks: { http: no, bridge: no }, question: { http: { kind: 'fails', reason: 'planted' } as const } };
    assert.deepEqual(checkAgentReport(withClaude({ rows: planted })), [
      'Claude Code: question, http fails',
      'Claude Code: question, bridge was not played',
      'the README’s table is not what the report says: npm run agents -- --readme',
    ]);
  });

  it('would not pass with a cell that somebody has written by hand', () => {
    const readme = sources.readme.replace('| Cline | works |', '| Cline | no |');
    assert.notEqual(readme, sources.readme);
    assert.deepEqual(checkAgentReport({ ...sources, readme }), [
      'the README’s table is not what the report says: npm run agents -- --readme',
    ]);
  });

  for (const { agent, version, introductions: names } of sources.report) {
    it(`is of an agent that is known by the name that it says: ${agent}`, () => {
      const id = agentIds.find((one) => agentNames[one] === agent) ?? assert.fail(`nobody connects ${agent}`);
      assert.ok(names.length > 0, 'it has introduced itself');
      for (const name of names.map((one) => one.split(' ')[0] ?? '')) {
        assert.match(name, introductions[id], 'Check an Agent’s Connection waits for it');
        const { slice, most } = waitSliceOf(name, {}, undefined);
        assert.equal(slice, most, 'the hub knows how long its calls wait');
        const dialect = hookDialects[id];
        if (dialect !== undefined) assert.match(name, findDialect(dialect)?.names ?? /$^/, 'its hooks are of the same agent');
      }
      const played = playedRows.find((row) => row.agent === agent)?.wire;
      assert.equal(played?.recorded, version, 'what the agent matrix plays is of this version');
      assert.ok(
        names.some((name) => name.startsWith(`${played?.client} `)),
        `the agent matrix plays it as ${played?.client}`,
      );
    });
  }
});
