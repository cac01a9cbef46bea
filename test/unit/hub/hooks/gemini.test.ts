import assert from 'node:assert/strict';
import { gemini } from '../../../../src/hub/hooks/dialects/gemini.ts';

// Of what Gemini CLI sends, these members are relied on: hook_event_name, session_id, notification_type and message. Its answers:
// decision "deny" with a reason makes AfterAgent go on with the reason as its next prompt; hookSpecificOutput.additionalContext is
// added to the prompt of BeforeAgent.

const common = { session_id: 'g1', transcript_path: '/t.json', cwd: '/home/me/shop', timestamp: '2026-11-22T10:00:00.000Z' };
const read = (name: string, more: Record<string, unknown> = {}) => gemini.read({ ...common, hook_event_name: name, ...more });
const head = (name: string) => ({ name, sessionId: 'g1' });

describe('the hooks of Gemini CLI', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['a prompt', 'BeforeAgent', { prompt: 'Fix the build' }, { kind: 'prompt', byUser: true }],
    ['the end of a turn', 'AfterAgent', { prompt: 'Fix', prompt_response: 'Done', stop_hook_active: false }, { kind: 'stop' }],
    [
      'a permission that it waits for',
      'Notification',
      { notification_type: 'ToolPermission', message: 'Tool Shell requires execution', details: { type: 'exec', command: 'ls' } },
      { kind: 'waits', text: 'Tool Shell requires execution' },
    ],
    [
      'a question that it asks by itself',
      'Notification',
      { notification_type: 'ToolPermission', message: 'Tool requires confirmation', details: { type: 'ask_user', title: 'Ask User' } },
      { kind: 'waits', text: 'It asks you a question.' },
    ],
    [
      'a plan that it shows',
      'Notification',
      { notification_type: 'ToolPermission', message: 'Tool requires confirmation', details: { type: 'exit_plan_mode' } },
      { kind: 'waits', text: 'It shows you a plan.' },
    ],
    ['that it was answered', 'AfterTool', { tool_name: 'ask_user', tool_input: {}, tool_response: {} }, { kind: 'other' }],
    ['another notification', 'Notification', { notification_type: 'Other', message: 'Hello' }, { kind: 'other' }],
    [
      'a tool that is about to be used',
      'BeforeTool',
      { tool_name: 'run_shell_command', tool_input: { command: 'ls' } },
      { kind: 'toolStarts', tool: 'run_shell_command', input: '{"command":"ls"}', externalId: undefined },
    ],
    ['the end of a session', 'SessionEnd', { reason: 'exit' }, { kind: 'sessionEnd' }],
  ];
  for (const [what, name, more, expected] of events) {
    it(`tell of ${what}`, () => assert.deepEqual(read(name, more), { ...head(name), ...expected }));
  }

  it('can be told to go on, and more with a prompt; nobody can decide there', () => {
    const { allow, deny, goOn, context } = gemini.write;
    assert.deepEqual(goOn?.('Read this.', { ...head('AfterAgent'), kind: 'stop' }), { decision: 'deny', reason: 'Read this.' });
    assert.deepEqual(context?.('Read this.', { ...head('BeforeAgent'), kind: 'prompt', byUser: true }), {
      hookSpecificOutput: { hookEventName: 'BeforeAgent', additionalContext: 'Read this.' },
    });
    assert.deepEqual([allow, deny], [undefined, undefined]);
  });
});
