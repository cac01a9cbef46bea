import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCounts } from '../support/testCounts.ts';
import { endpointsWith, startTestHub } from '../support/testHub.ts';
import { startAuthorizingProxy } from './authorizingProxy.ts';
import { parseBaseline } from './baseline.ts';
import { conformanceFolder, conformanceSuites } from './conformanceSuites.ts';
import { ensureSuites } from './ensureSuites.ts';
import { addFixtures } from './fixtures/addFixtures.ts';
import { fixtureTasks } from './fixtures/taskTools.ts';
import { judge, staleEntries } from './judge.ts';
import { runConformanceSuite } from './runConformanceSuite.ts';

// npm run conformance: the public suites for MCP servers against a real hub, which has the tools they look for beside its own.
// A check counts like a test. With AGENTRQ_TEST_COUNTS, how many passed and failed is left in that file.

const baselinePath = process.argv[2] ?? join(conformanceFolder, 'baseline.yml');
const baseline = parseBaseline(readFileSync(baselinePath, 'utf8'));
await ensureSuites((line) => console.log(line));

const test = await startTestHub({}, endpointsWith({ extendServer: addFixtures, taskSources: [fixtureTasks] }));
const { mcpUrl, agentToken } = test.agentAddress();
const proxy = await startAuthorizingProxy(test.hub.url, agentToken);
const verdicts = [];
try {
  for (const suite of conformanceSuites) {
    const verdict = judge(await runConformanceSuite(suite, proxy.url + new URL(mcpUrl).pathname), baseline);
    const { passed, unexpected, expected, scenarios } = verdict;
    console.log(`${suite.name}: ${passed} passed, ${unexpected.length} failed, ${expected} failed as expected, ${scenarios} scenarios`);
    for (const problem of unexpected) console.log(`  ${problem}`);
    verdicts.push(verdict);
  }
} finally {
  await proxy.close();
  await test.dispose();
}

const stale = staleEntries(verdicts, baseline);
for (const entry of stale) console.log(`The baseline expects ${entry} to fail, and it doesn't. Remove it from ${baselinePath}.`);
const counts: TestCounts = {
  passed: 0,
  failed: stale.length,
  failures: stale.map((entry) => `${entry}: expected to fail, and it doesn’t`),
};
for (const { passed, unexpected } of verdicts) {
  counts.passed += passed;
  counts.failed += unexpected.length;
  counts.failures.push(...unexpected);
}
console.log(`Conformance: ${counts.passed} passed, ${counts.failed} failed`);
const countsPath = process.env['AGENTRQ_TEST_COUNTS'];
if (countsPath !== undefined) writeFileSync(countsPath, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
