import assert from 'node:assert/strict';
import { cursor } from '../../../../src/hub/hooks/dialects/cursor.ts';

// Of what Cursor sends, these members are relied on: hook_event_name, conversation_id, cwd, command, tool_name, tool_input (JSON as a
// text), url, status and loop_count. Its answers: permission, user_message and agent_message; followup_message for stop.

const common = {
  conversation_id: 'k1',
  generation_id: 'g1',
  model: 'gpt',
  cursor_version: '3.7.21',
  workspace_roots: ['/home/me/shop'],
  user_email: null,
};
const read = (name: string, more: Record<string, unknown> = {}) => cursor.read({ ...common, hook_event_name: name, ...more });
const head = (name: string) => ({ name, sessionId: 'k1' });

describe('the hooks of Cursor', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    [
      'a command',
      'beforeShellExecution',
      { command: 'npm test', cwd: '/home/me/shop', sandbox: false },
      { kind: 'permission', permission: { tool: 'Shell', input: '{"command":"npm test","sandbox":false}', cwd: '/home/me/shop' } },
    ],
    [
      'a command that has run, with the input that the permission had',
      'afterShellExecution',
      { command: 'npm test', output: 'ok', duration: 150 },
      { kind: 'toolUsed', tool: 'Shell', input: '{"command":"npm test"}' },
    ],
    [
      'a tool of an MCP server, and of which',
      'beforeMCPExecution',
      { tool_name: 'query', tool_input: '{"sql":"select 1"}', url: 'http://localhost:3000' },
      {
        kind: 'permission',
        permission: { tool: 'query', input: '{"sql":"select 1"}', description: 'A tool of the MCP server http://localhost:3000' },
      },
    ],
    [
      'a tool of an MCP server that is a command',
      'beforeMCPExecution',
      { tool_name: 'query', tool_input: { sql: 'select 1' }, command: 'npx db-server' },
      {
        kind: 'permission',
        permission: { tool: 'query', input: '{"sql":"select 1"}', description: 'A tool of the MCP server npx db-server' },
      },
    ],
    [
      'a tool of an MCP server that has been used',
      'afterMCPExecution',
      { tool_name: 'query', tool_input: '{"sql":"select 1"}', result_json: '{}', duration: 3 },
      { kind: 'toolUsed', tool: 'query', input: '{"sql":"select 1"}' },
    ],
    ['a command that is missing', 'beforeShellExecution', {}, { kind: 'other' }],
    ['a prompt', 'beforeSubmitPrompt', { prompt: 'Fix', attachments: [] }, { kind: 'prompt', byUser: true }],
    ['the end of a turn', 'stop', { status: 'completed', loop_count: 2 }, { kind: 'stop', followUps: 2 }],
    ['the end of a turn that is not counted', 'stop', { loop_count: 'two' }, { kind: 'stop', followUps: undefined }],
    ['a turn that the user stopped', 'stop', { status: 'aborted', loop_count: 0 }, { kind: 'other' }],
    ['a turn that failed', 'stop', { status: 'error', loop_count: 0 }, { kind: 'other' }],
    ['a file that was edited', 'afterFileEdit', { file_path: '/a', edits: [] }, { kind: 'other' }],
    ['the end of a conversation', 'sessionEnd', { reason: 'completed' }, { kind: 'sessionEnd' }],
  ];
  for (const [what, name, more, expected] of events) {
    it(`tell of ${what}`, () => assert.deepEqual(read(name, more), { ...head(name), ...expected }));
  }

  it('are answered in its own form; it takes words at the end of a turn alone', () => {
    const { allow, deny, goOn, context } = cursor.write;
    const stop = { ...head('stop'), kind: 'stop' } as const;
    assert.deepEqual(allow?.(stop), { permission: 'allow' });
    assert.deepEqual(deny?.('No.', stop), { permission: 'deny', user_message: 'No.', agent_message: 'No.' });
    assert.deepEqual(goOn?.('Read this.', stop), { followup_message: 'Read this.' });
    assert.equal(context, undefined);
  });
});
