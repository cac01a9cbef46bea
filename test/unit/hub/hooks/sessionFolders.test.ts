import assert from 'node:assert/strict';
import type { HookEvent } from '../../../../src/hub/hooks/hookEvent.ts';
import { createSessionFolders } from '../../../../src/hub/hooks/sessionFolders.ts';

const head = (sessionId: string) => ({ name: 'x', sessionId });
const prompt = (sessionId = 's1'): HookEvent => ({ ...head(sessionId), kind: 'prompt', byUser: true });
const used = (sessionId = 's1'): HookEvent => ({ ...head(sessionId), kind: 'toolUsed', tool: 'Bash', input: '{}' });

describe('the folders of sessions', () => {
  it('are those of their last own event, and until then those of each event', () => {
    const folders = createSessionFolders();
    assert.deepEqual(folders.of('w codex', used(), ['/usr']), ['/usr']);
    assert.deepEqual(folders.of('w codex', used(), ['/var']), ['/var'], 'a tool says nothing about the session');
    assert.deepEqual(folders.of('w codex', prompt(), ['/shop']), ['/shop']);
    assert.deepEqual(folders.of('w codex', used(), ['/usr']), ['/shop']);
    assert.deepEqual(folders.of('w codex', used(), []), ['/shop']);
    assert.deepEqual(folders.of('w codex', prompt(), []), ['/shop'], 'an event without a folder takes nothing back');
    assert.deepEqual(folders.of('w codex', { ...head('s1'), kind: 'stop' }, ['/moved']), ['/moved']);
    assert.deepEqual(folders.of('w codex', used(), ['/usr']), ['/moved']);
  });

  it('are of one session alone, and end with it', () => {
    const folders = createSessionFolders();
    folders.of('w codex', prompt(), ['/shop']);
    assert.deepEqual(folders.of('w codex', used('s2'), ['/usr']), ['/usr']);
    assert.deepEqual(folders.of('w copilot-cli', used(), ['/usr']), ['/usr']);
    assert.deepEqual(folders.of('v codex', used(), ['/usr']), ['/usr']);
    folders.of('w codex', { ...head('s1'), kind: 'sessionEnd' }, ['/shop']);
    assert.deepEqual(folders.of('w codex', used(), ['/usr']), ['/usr']);
  });

  it('are not those of a subagent, nor of an agent that names no session', () => {
    const folders = createSessionFolders();
    folders.of('w codex', { ...head('s1'), kind: 'stop', subagent: { id: 'a' } }, ['/worktree']);
    assert.deepEqual(folders.of('w codex', used(), ['/usr']), ['/usr']);
    folders.of('w codex', prompt(''), ['/shop']);
    assert.deepEqual(folders.of('w codex', used(''), ['/usr']), ['/usr']);
  });

  it('are kept of the thousand sessions that were heard last, and not if they are endless', () => {
    const folders = createSessionFolders();
    folders.of('w codex', prompt('first'), ['/shop']);
    folders.of('w codex', prompt('second'), ['/shop']);
    for (let index = 0; index < 998; index++) folders.of('w codex', prompt(`s${index}`), ['/shop']);
    assert.deepEqual(folders.of('w codex', used('first'), ['/usr']), ['/shop']);
    folders.of('w codex', prompt('one more'), ['/shop']);
    assert.deepEqual(folders.of('w codex', used('first'), ['/usr']), ['/shop'], 'it was heard lately');
    assert.deepEqual(folders.of('w codex', used('second'), ['/usr']), ['/usr']);
    folders.of('w codex', prompt('first'), [`/${'x'.repeat(10_000)}`]);
    assert.deepEqual(folders.of('w codex', used('first'), ['/usr']), ['/usr']);
  });
});
