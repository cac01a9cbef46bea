import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { type AgentReport, readReport } from '../agents/report.ts';
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
    assert.match(problems[1] ?? '', /^the README doesn’t say that Claude Code 2\.0\.0 was played$/);
  });

  it('would not pass with a row that fails, that is missing, or that the README denies', () => {
    const rows = claude?.rows ?? assert.fail('Claude Code is in the report');
    const no = { kind: 'no', reason: 'planted' } as const;
    const planted = { ...rows, tasks: { http: no, bridge: no }, question: { http: { kind: 'fails', reason: 'planted' } as const } };
    assert.deepEqual(checkAgentReport(withClaude({ rows: planted })), [
      'Claude Code: question, http fails',
      'Claude Code: question, bridge was not played',
      'the README says “works” of Claude Code: Tasks, and the report says no, no',
      'the README says “works” of Claude Code: Question, and the report says fails, , works, works',
    ]);
  });
});
