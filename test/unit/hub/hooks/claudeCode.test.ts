import assert from 'node:assert/strict';
import { claudeCode } from '../../../../src/hub/hooks/dialects/claudeCode.ts';
import type { HookEvent } from '../../../../src/hub/hooks/hookEvent.ts';

// Of what Claude Code 2.1 sends, these members are relied on: hook_event_name, session_id, cwd, tool_name, tool_input, tool_use_id
// (which a permission does without), notification_type and message. Its answers: hookSpecificOutput with hookEventName and either
// decision.behavior and decision.message, or additionalContext; and decision "block" with reason for Stop.

const common = {
  session_id: '5f2c',
  transcript_path: '/home/me/.claude/projects/shop/5f2c.jsonl',
  cwd: '/home/me/shop',
  prompt_id: 'p1',
  permission_mode: 'default',
  effort: { level: 'high' },
};
const read = (name: string, more: Record<string, unknown> = {}) => claudeCode.read({ ...common, hook_event_name: name, ...more });
const head = (name: string) => ({ name, sessionId: '5f2c' });

describe('the hooks of Claude Code', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    [
      'a permission for a command, with all of its input and no id',
      'PermissionRequest',
      {
        tool_name: 'Bash',
        tool_input: { command: 'npm test', description: 'Run the tests', timeout: 60000 },
        permission_suggestions: [{ type: 'addRules', rules: [{ toolName: 'Bash', ruleContent: 'npm test' }], behavior: 'allow' }],
      },
      {
        kind: 'permission',
        permission: {
          tool: 'Bash',
          input: '{"command":"npm test","description":"Run the tests","timeout":60000}',
          description: 'Run the tests',
          cwd: '/home/me/shop',
        },
        externalId: undefined,
      },
    ],
    [
      'a permission for a tool whose own input has a description, which is not why it asks',
      'PermissionRequest',
      { tool_name: 'mcp__tracker__create', tool_input: { description: 'A bug' }, tool_use_id: 'toolu_01' },
      {
        kind: 'permission',
        permission: { tool: 'mcp__tracker__create', input: '{"description":"A bug"}', cwd: '/home/me/shop' },
        externalId: 'toolu_01',
      },
    ],
    [
      'a question of its own',
      'PermissionRequest',
      {
        tool_name: 'AskUserQuestion',
        tool_input: { questions: [{ question: 'Which?', header: 'It', options: [{ label: 'A', description: 'a' }] }] },
      },
      {
        kind: 'dialog',
        dialog: {
          kind: 'questions',
          questions: [{ question: 'Which?', header: 'It', options: [{ label: 'A', description: 'a' }], multiple: false }],
        },
        input: { questions: [{ question: 'Which?', header: 'It', options: [{ label: 'A', description: 'a' }] }] },
        externalId: undefined,
      },
    ],
    [
      'a plan',
      'PermissionRequest',
      { tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan', planFilePath: '/p.md' }, tool_use_id: 'toolu_01' },
      {
        kind: 'dialog',
        dialog: { kind: 'plan' },
        text: '# Plan',
        input: { plan: '# Plan', planFilePath: '/p.md' },
        externalId: 'toolu_01',
      },
    ],
    [
      'questions that say nothing, which are asked in its terminal',
      'PermissionRequest',
      { tool_name: 'AskUserQuestion', tool_input: { questions: [] } },
      { kind: 'waits', text: 'It asks you a question.' },
    ],
    [
      'a plan of a subagent, which is shown in its terminal',
      'PermissionRequest',
      { tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan' }, agent_id: 'a1' },
      { kind: 'waits', text: 'It shows you a plan.', subagent: { id: 'a1' } },
    ],
    [
      'a question of another kind, which an allow would answer with nothing',
      'PermissionRequest',
      { tool_name: 'AskQuestion', tool_input: {} },
      { kind: 'waits', text: 'It asks you a question.' },
    ],
    [
      'that it is about to ask',
      'PreToolUse',
      { tool_name: 'AskUserQuestion', tool_input: { questions: [] } },
      { kind: 'toolStarts', tool: 'AskUserQuestion', input: '{"questions":[]}', externalId: undefined },
    ],
    [
      'the use of a dialog',
      'PostToolUse',
      { tool_name: 'ExitPlanMode', tool_input: {}, tool_use_id: 'toolu_01' },
      { kind: 'toolUsed', tool: 'ExitPlanMode', input: '{}', externalId: 'toolu_01', dialog: { kind: 'plan' } },
    ],
    [
      'that a use was denied',
      'PermissionDenied',
      { tool_name: 'Bash', tool_input: { command: 'ls' }, tool_use_id: 'toolu_01', reason: 'Classifier unavailable' },
      { kind: 'toolsDone', uses: [{ tool: 'Bash', input: '{"command":"ls"}', externalId: 'toolu_01' }] },
    ],
    ['that nothing was denied', 'PermissionDenied', {}, { kind: 'other' }],
    ['a permission without a tool', 'PermissionRequest', { tool_input: {} }, { kind: 'other' }],
    ['a permission without an input, which nobody could judge', 'PermissionRequest', { tool_name: 'X' }, { kind: 'other' }],
    [
      'the use of a tool',
      'PostToolUse',
      {
        tool_name: 'Bash',
        tool_input: { command: 'npm test', description: 'Run the tests', timeout: 60000 },
        tool_response: { stdout: 'ok', stderr: '', interrupted: false },
        tool_use_id: 'toolu_01',
      },
      {
        kind: 'toolUsed',
        tool: 'Bash',
        input: '{"command":"npm test","description":"Run the tests","timeout":60000}',
        externalId: 'toolu_01',
      },
    ],
    [
      'the use of a tool that failed',
      'PostToolUseFailure',
      { tool_name: 'Bash', tool_input: { command: 'false' }, tool_use_id: 'toolu_02', error: 'exit 1', is_interrupt: false },
      { kind: 'toolUsed', tool: 'Bash', input: '{"command":"false"}', externalId: 'toolu_02' },
    ],
    [
      'the end of a batch of uses, and of those in it that say which they were',
      'PostToolBatch',
      {
        tool_calls: [
          { tool_name: 'Bash', tool_input: { command: 'ls' }, tool_use_id: 'toolu_03', tool_response: 'a' },
          { tool_name: 'Write', tool_input: { file_path: 'a' }, tool_use_id: 'toolu_04' },
          { tool_name: '' },
          7,
        ],
      },
      {
        kind: 'toolsDone',
        uses: [
          { tool: 'Bash', input: '{"command":"ls"}', externalId: 'toolu_03' },
          { tool: 'Write', input: '{"file_path":"a"}', externalId: 'toolu_04' },
        ],
      },
    ],
    ['a batch that says nothing', 'PostToolBatch', { tool_calls: 7 }, { kind: 'other' }],
    [
      'what a program submits',
      'UserPromptSubmit',
      { prompt: '<task-notification>done</task-notification>' },
      { kind: 'prompt', byUser: false },
    ],
    ['a prompt', 'UserPromptSubmit', { prompt: 'Fix the build' }, { kind: 'prompt', byUser: true }],
    [
      'the end of a turn',
      'Stop',
      { stop_hook_active: true, last_assistant_message: 'Done.', background_tasks: [], session_crons: [] },
      { kind: 'stop' },
    ],
    [
      'the end of the turn of a subagent',
      'SubagentStop',
      { stop_hook_active: false, agent_id: 'a1', agent_type: 'Explore' },
      { kind: 'subagentStop', subagent: { id: 'a1', type: 'Explore' } },
    ],
    [
      'a permission dialog',
      'Notification',
      { message: 'Claude needs your permission to use Bash', title: 'Permission needed', notification_type: 'permission_prompt' },
      { kind: 'waits', text: 'Claude needs your permission to use Bash' },
    ],
    [
      'a dialog of an MCP server',
      'Notification',
      { message: 'Claude Code needs your input', notification_type: 'elicitation_dialog' },
      { kind: 'waits', text: 'Claude Code needs your input' },
    ],
    [
      'that it is idle',
      'Notification',
      { message: 'Claude is waiting for your input', notification_type: 'idle_prompt' },
      { kind: 'other' },
    ],
    ['that somebody has signed in', 'Notification', { message: 'Signed in', notification_type: 'auth_success' }, { kind: 'other' }],
    ['the end of a session', 'SessionEnd', { reason: 'prompt_input_exit' }, { kind: 'sessionEnd' }],
    ['an event of tomorrow', 'MoonRise', { moon: true }, { kind: 'other' }],
  ];
  for (const [what, name, more, expected] of events) {
    it(`tell of ${what}`, () => assert.deepEqual(read(name, more), { ...head(name), ...expected }));
  }

  it('allow what has to be confirmed together with its input, and anything else alone', () => {
    const allowOf = (tool_name: string, tool_input: unknown): unknown => {
      const event = read('PermissionRequest', { tool_name, tool_input }) ?? assert.fail();
      const written = claudeCode.write.allow?.(event) ?? assert.fail();
      return (written['hookSpecificOutput'] as { decision: unknown }).decision;
    };
    assert.deepEqual(allowOf('EnterPlanMode', {}), { behavior: 'allow', updatedInput: {} });
    assert.deepEqual(allowOf('Bash', { command: 'ls' }), { behavior: 'allow' });
  });

  it('answer each event with its own name', () => {
    const { allow, deny, goOn, context } = claudeCode.write;
    const event = (name: string): HookEvent => ({ name, sessionId: 's', kind: 'other' });
    assert.deepEqual(allow?.(event('PermissionRequest')), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
    assert.deepEqual(deny?.('No.', event('PermissionRequest')), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: 'No.' } },
    });
    assert.deepEqual(goOn?.('Read this.', event('Stop')), { decision: 'block', reason: 'Read this.' });
    for (const name of ['UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure']) {
      assert.deepEqual(context?.('Read this.', event(name)), {
        hookSpecificOutput: { hookEventName: name, additionalContext: 'Read this.' },
      });
    }
  });
});
