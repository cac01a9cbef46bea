import assert from 'node:assert/strict';
import { copilot } from '../../../../src/hub/hooks/dialects/copilot.ts';

// Events that are configured with a capital. Of what Copilot CLI sends, these members are relied on: hook_event_name, session_id (but
// sessionId with a notification), cwd, tool_name, tool_input, notification_type and message. Its answers: behavior and message for a
// permission, decision "block" with a reason for Stop, additionalContext after a tool.

const common = { session_id: 'c1', timestamp: '2026-11-22T10:00:00.000Z', cwd: '/home/me/shop' };
const read = (name: string, more: Record<string, unknown> = {}) => copilot.read({ ...common, hook_event_name: name, ...more });
const head = (name: string) => ({ name, sessionId: 'c1' });
const ls = { tool_name: 'Bash', tool_input: { command: 'ls', description: 'List' } };
const lsInput = '{"command":"ls","description":"List"}';

describe('the hooks of Copilot CLI', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    [
      'a permission',
      'PermissionRequest',
      ls,
      {
        kind: 'permission',
        permission: { tool: 'Bash', input: lsInput, description: 'List', cwd: '/home/me/shop' },
        externalId: undefined,
      },
    ],
    [
      'the use of a tool',
      'PostToolUse',
      { ...ls, tool_result: { result_type: 'success', text_result_for_llm: 'a' } },
      { kind: 'toolUsed', tool: 'Bash', input: lsInput, externalId: undefined },
    ],
    [
      'a tool that is about to be used, asked or not',
      'PreToolUse',
      ls,
      { kind: 'toolStarts', tool: 'Bash', input: lsInput, externalId: undefined },
    ],
    ['a prompt', 'UserPromptSubmit', { prompt: 'Fix the build' }, { kind: 'prompt', byUser: true }],
    ['the end of a turn', 'Stop', { transcript_path: '/t', stop_reason: 'end_turn', stop_hook_active: false }, { kind: 'stop' }],
    ['the end of the turn of a subagent', 'SubagentStop', { agent_name: 'explore', stop_reason: 'end_turn' }, { kind: 'other' }],
    ['the end of a session', 'SessionEnd', { reason: 'user_exit' }, { kind: 'sessionEnd' }],
    ['a background agent that is idle', 'Notification', { notification_type: 'agent_idle', message: 'Idle' }, { kind: 'other' }],
  ];
  for (const [what, name, more, expected] of events) {
    it(`tell of ${what}`, () => assert.deepEqual(read(name, more), { ...head(name), ...expected }));
  }

  it('tell of a permission that waits in its terminal, in the other spelling', () => {
    const notice = { sessionId: 'c2', timestamp: 1, cwd: '/x', hook_event_name: 'Notification', title: 'Permission needed' };
    assert.deepEqual(copilot.read({ ...notice, message: 'bash: ls', notification_type: 'permission_prompt' }), {
      name: 'Notification',
      sessionId: 'c2',
      kind: 'waits',
      text: 'bash: ls',
    });
  });

  it('tell of a question that waits there, its own or that of a server', () => {
    const asked = { message: 'Information requested', notification_type: 'elicitation_dialog' };
    assert.deepEqual(read('Notification', asked), { ...head('Notification'), kind: 'waits', text: 'It asks you a question.' });
  });

  it('are answered in its own form; what is said to a prompt would be dropped', () => {
    const { allow, deny, goOn, context } = copilot.write;
    const stop = { ...head('Stop'), kind: 'stop' } as const;
    assert.deepEqual(allow?.(stop), { behavior: 'allow' });
    assert.deepEqual(deny?.('No.', stop), { behavior: 'deny', message: 'No.' });
    assert.deepEqual(goOn?.('Read this.', stop), { decision: 'block', reason: 'Read this.' });
    assert.deepEqual(context?.('Read this.', { ...head('PostToolUse'), kind: 'toolUsed', tool: 'Bash', input: 'ls' }), {
      additionalContext: 'Read this.',
    });
    assert.equal(context?.('Read this.', { ...head('UserPromptSubmit'), kind: 'prompt', byUser: true }), undefined);
  });
});
