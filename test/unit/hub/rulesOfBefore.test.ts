import assert from 'node:assert/strict';
import { createRule, importRules, reviewRules, rulesThatAllow } from '../../../src/hub/service/rules.ts';
import type { Agent, Permission } from '../../../src/protocol/model.ts';
import { timestamp } from '../../../src/util/clock.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

const bash = (command: string): Permission => ({ tool: 'Bash', input: JSON.stringify({ command }) });

describe('rules that were made before', () => {
  let test: TestService;
  let agent: Agent;

  beforeEach(() => {
    test = startTestService();
    agent = test.agents.heard(test.workspaceId, { name: 'claude-code' });
  });

  /** A rule as an older hub has saved it, and what it has allowed. */
  function saved(text: string, ...allowed: Permission[]): string {
    const { context, workspaceId } = test;
    const at = timestamp(test.clock);
    return context.transact((changes) => {
      const rule = changes.createRule({ id: context.newId(), workspaceId, text, createdAt: at });
      for (const permission of allowed) {
        changes.createRequest({
          id: context.newId(),
          workspaceId,
          agentId: agent.id,
          kind: 'permission',
          status: 'acted',
          question: 'x',
          permission,
          choices: [],
          multiple: false,
          createdAt: at,
          updatedAt: at,
          answer: { decision: 'allow', ruleIds: [rule.id], at },
        });
      }
      return rule.id;
    });
  }

  const review = () => reviewRules(test.context, test.workspaceId);
  const allows = (permission: Permission) => rulesThatAllow(test.context, agent, permission).length > 0;

  it('are kept as they are, allow nothing new, and are said to allow less, with the exact lines that they did allow', () => {
    const npm = saved('Bash:npm *', bash('npm test'), bash('npm run lint > out'), bash('npm test'));
    const exact = saved('Bash:make', bash('make'));
    const whole = saved('Bash');
    const stdin = saved('write_stdin');
    const server = saved('mcp__x__y', { tool: 'mcp__x__y', input: '{"id":1}' });
    assert.ok(!allows(bash('npm test')) && allows(bash('make')) && allows({ tool: 'mcp__x__y', input: '{"id":2}' }));
    assert.deepEqual(
      review(),
      [
        { ruleId: npm, reach: 'unchecked', narrowed: true, exact: ['Bash:npm test', 'Bash:{"command":"npm run lint > out"}'] },
        { ruleId: exact, reach: 'exact', narrowed: false, exact: [] },
        { ruleId: whole, reach: 'unchecked', narrowed: true, exact: [] },
        { ruleId: stdin, reach: 'unchecked', narrowed: true, exact: [] },
        { ruleId: server, reach: 'tool', narrowed: false, exact: [] },
      ].toSorted((one, other) => (one.ruleId < other.ruleId ? -1 : 1)),
    );
    assert.equal(test.context.store.rules.ofWorkspace(test.workspaceId).length, 5);
  });

  it('allow again what they did when the user takes the exact lines, or marks them as unchecked', () => {
    saved('Bash:npm *', bash('npm test'));
    const [first] = review();
    createRule(test.context, test.workspaceId, { text: first?.exact[0] ?? '' });
    assert.ok(allows(bash('npm test')) && !allows(bash('npm run x')));
    assert.equal(review()[0]?.narrowed, true, 'it still says more than it allows');
    createRule(test.context, test.workspaceId, { text: 'Bash:npm *', unchecked: true });
    assert.ok(allows(bash('npm run x')));
    assert.deepEqual(
      review().filter(({ narrowed }) => narrowed),
      [],
    );
  });

  it('of other programs are translated, or refused with a sentence', () => {
    const { rules, refused } = importRules(test.context, test.workspaceId, [
      'Bash(git log:*)',
      'Bash(npm test)',
      'Edit(/src/**)',
      'shell(git:*)',
      'run_shell_command(ls)',
      'Shell(ls)',
      'prefix_rule(pattern = ["git", "log"], decision = "allow")',
      'WebFetch(domain:example.org)',
      'Read(~/.ssh/**)',
      'prefix_rule(pattern=["rm"], decision="forbidden")',
      'ExitPlanMode',
    ]);
    assert.deepEqual(
      rules.map(({ text, unchecked }) => [text, unchecked]),
      ['Bash:git log *', 'Bash:npm test', 'Edit:src/**', 'bash:git *', 'run_shell_command:ls *', 'Shell:ls *', 'Bash:git log *'].map(
        (text) => [text, undefined],
      ),
    );
    assert.equal(refused.length, 4);
    assert.ok(refused.every(({ reason }) => /^[A-Z].*\.$/.test(reason)));
  });

  it('are unchecked only if the user says so', () => {
    createRule(test.context, test.workspaceId, { text: 'Bash:npm *' });
    assert.ok(!allows(bash('npm test')));
    assert.equal(createRule(test.context, test.workspaceId, { text: 'Bash:npm *', unchecked: true }).unchecked, true);
    assert.ok(allows(bash('npm test')));
    assert.equal(test.context.store.rules.ofWorkspace(test.workspaceId).length, 1);
    assert.equal(createRule(test.context, test.workspaceId, { text: 'Bash:make', unchecked: true }).unchecked, undefined);
  });
});
