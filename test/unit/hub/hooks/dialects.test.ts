import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hookDialects } from '../../../../src/agents/config/hookEntries.ts';
import { findDialect } from '../../../../src/hub/hooks/dialects/findDialect.ts';
import type { Dialect } from '../../../../src/hub/hooks/hookEvent.ts';

const eventNames = 'PermissionRequest PostToolUse PostToolUseFailure UserPromptSubmit Stop Notification SessionEnd BeforeAgent AfterAgent'
  .concat(' question.asked question.replied question.rejected permission.asked permission.replied')
  .concat(' beforeShellExecution afterShellExecution beforeMCPExecution afterMCPExecution beforeSubmitPrompt stop sessionEnd')
  .split(' ');
const members =
  'session_id sessionId conversation_id cwd tool_name tool_input tool_use_id command url status loop_count notification_type message'.split(
    ' ',
  );
const oddEvent = fc
  .tuple(fc.constantFrom(...eventNames), fc.dictionary(fc.constantFrom(...members), fc.jsonValue()))
  .map(([name, more]) => ({ ...more, hook_event_name: name }));

for (const name of [...Object.values(hookDialects), 'opencode']) {
  describe(`the dialect “${name}”`, () => {
    const dialect = (): Dialect => findDialect(name) ?? assert.fail(name);

    it('reads anything without failing, and makes no event of what has no name', () => {
      fc.assert(fc.property(fc.jsonValue(), (body) => void dialect().read(body)));
      for (const body of [null, undefined, 7, 'Stop', [], {}, { hook_event_name: '' }, { hook_event_name: {} }]) {
        assert.equal(dialect().read(body), undefined);
      }
    });

    it('reads events whose members are of the wrong kind, and never takes a permission for anything else', () => {
      fc.assert(
        fc.property(oddEvent, (body) => {
          const event = dialect().read(body);
          assert.equal(event?.name, body.hook_event_name);
          assert.equal(typeof event.sessionId, 'string');
          if (event.kind !== 'permission') return;
          assert.ok(['PermissionRequest', 'beforeShellExecution', 'beforeMCPExecution'].includes(event.name));
          assert.ok(event.permission.tool.length > 0);
          assert.equal(typeof event.permission.input, 'string');
        }),
      );
    });

    it('knows an agent by the name that it gives a new one', () => assert.match(dialect().name, dialect().names));
  });
}

it('no other address is a dialect', () => {
  for (const name of ['', 'claude', 'constructor', '__proto__', 'claude-code-']) assert.equal(findDialect(name), undefined);
});
