import assert from 'node:assert/strict';
import { codex } from '../../../../src/hub/hooks/dialects/codex.ts';
import type { HookEvent } from '../../../../src/hub/hooks/hookEvent.ts';

// Of what Codex sends, these members are relied on: hook_event_name, session_id, cwd, tool_name, tool_input and tool_use_id (which a
// permission does without). Its own tools get `description` into the input of a permission alone. Its answers are checked against
// schemas that allow no further member: hookSpecificOutput with hookEventName and decision (behavior, message) or additionalContext;
// decision "block" with a reason for Stop.

const common = {
  session_id: '0199',
  turn_id: 't1',
  transcript_path: null,
  cwd: '/home/me/shop',
  model: 'gpt',
  permission_mode: 'default',
};
const read = (name: string, more: Record<string, unknown> = {}) => codex.read({ ...common, hook_event_name: name, ...more });
const head = (name: string) => ({ name, sessionId: '0199' });

describe('the hooks of Codex', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    [
      'a permission for a command, and why it asks',
      'PermissionRequest',
      { tool_name: 'Bash', tool_input: { command: 'git push', description: 'Publish the branch' } },
      {
        kind: 'permission',
        permission: {
          tool: 'Bash',
          input: '{"command":"git push","description":"Publish the branch"}',
          description: 'Publish the branch',
          cwd: '/home/me/shop',
        },
        externalId: undefined,
      },
    ],
    [
      'a permission for a patch',
      'PermissionRequest',
      { tool_name: 'apply_patch', tool_input: { command: '*** Begin Patch' } },
      {
        kind: 'permission',
        permission: { tool: 'apply_patch', input: '{"command":"*** Begin Patch"}', cwd: '/home/me/shop' },
        externalId: undefined,
      },
    ],
    [
      'a permission for a tool of an MCP server, whose description is its own',
      'PermissionRequest',
      { tool_name: 'mcp__tracker__create', tool_input: { description: 'A bug' } },
      {
        kind: 'permission',
        permission: { tool: 'mcp__tracker__create', input: '{"description":"A bug"}', cwd: '/home/me/shop' },
        externalId: undefined,
      },
    ],
    [
      'the use of a tool, with the input that the permission had but for why it asked',
      'PostToolUse',
      { tool_name: 'Bash', tool_input: { command: 'git push' }, tool_response: 'ok', tool_use_id: 'call_1' },
      { kind: 'toolUsed', tool: 'Bash', input: '{"command":"git push"}', externalId: 'call_1' },
    ],
    [
      'a tool that is about to be used',
      'PreToolUse',
      { tool_name: 'Bash', tool_input: { command: 'ls' }, tool_use_id: 'call_2' },
      { kind: 'toolStarts', tool: 'Bash', input: '{"command":"ls"}', externalId: 'call_2' },
    ],
    [
      'a question that it asks by itself',
      'PreToolUse',
      { tool_name: 'request_user_input', tool_input: { questions: [] }, tool_use_id: 'call_3' },
      { kind: 'waits', text: 'It asks you a question.' },
    ],
    ['a prompt', 'UserPromptSubmit', { prompt: 'Fix the build' }, { kind: 'prompt', byUser: true }],
    ['the end of a turn', 'Stop', { stop_hook_active: false, last_assistant_message: null }, { kind: 'stop' }],
    ['the end of the turn of a subagent', 'SubagentStop', { stop_hook_active: false }, { kind: 'subagentStop' }],
    ['the start of a session', 'SessionStart', { source: 'startup' }, { kind: 'other' }],
    ['a permission without a tool', 'PermissionRequest', { tool_input: null }, { kind: 'other' }],
    [
      'an input that is no object',
      'PermissionRequest',
      { tool_name: 'Bash', tool_input: 'ls' },
      { kind: 'permission', permission: { tool: 'Bash', input: 'ls', cwd: '/home/me/shop' }, externalId: undefined },
    ],
  ];
  for (const [what, name, more, expected] of events) {
    it(`tell of ${what}`, () => assert.deepEqual(read(name, more), { ...head(name), ...expected }));
  }

  it('are answered with what Codex knows, and no more', () => {
    const { allow, deny, goOn, context } = codex.write;
    const event = (name: string): HookEvent => ({ name, sessionId: 's', kind: 'other' });
    assert.deepEqual(allow?.(event('PermissionRequest')), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
    assert.deepEqual(deny?.('No.', event('PermissionRequest')), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: 'No.' } },
    });
    assert.deepEqual(goOn?.('Read this.', event('Stop')), { decision: 'block', reason: 'Read this.' });
    assert.deepEqual(context?.('Read this.', event('UserPromptSubmit')), {
      hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: 'Read this.' },
    });
  });
});
