import assert from 'node:assert/strict';
import { openCode } from '../../../../src/hub/hooks/dialects/openCode.ts';

// opencode has no hooks: these are what our plugin sends of opencode's events.

const read = (name: string, more: Record<string, unknown> = {}) =>
  openCode.read({ hook_event_name: name, session_id: 'ses_1', cwd: '/home/me/shop', ...more });

describe('what the plugin for opencode tells', () => {
  const events: [what: string, name: string, more: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['a question that opencode asks by itself', 'question.asked', {}, { kind: 'waits', text: 'It asks you a question.' }],
    ['that it was answered', 'question.replied', {}, { kind: 'other' }],
    ['that it was dismissed', 'question.rejected', {}, { kind: 'other' }],
    [
      'leave that opencode asks for',
      'permission.asked',
      { tool_name: 'bash' },
      { kind: 'waits', text: 'It wants to use bash, which has to be decided there.' },
    ],
    ['the same, without what for', 'permission.asked', {}, { kind: 'other' }],
    ['that it was given or not', 'permission.replied', {}, { kind: 'other' }],
    ['a prompt', 'UserPromptSubmit', { prompt: 'Fix the build' }, { kind: 'prompt', byUser: true }],
    ['the end of a turn', 'Stop', {}, { kind: 'stop' }],
  ];
  for (const [what, name, more, expected] of events) {
    it(`is ${what}`, () => assert.deepEqual(read(name, more), { name, sessionId: 'ses_1', ...expected }));
  }
});
