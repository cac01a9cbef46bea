import assert from 'node:assert/strict';
import { isAffected } from '../../../../src/ui/documents/affectedPages.ts';
import type { PageKey } from '../../../../src/ui/text/pagePath.ts';
import { pagePath, parsePagePath } from '../../../../src/ui/text/pagePath.ts';
import { agent, message, request, task, workspaceId } from '../support/fixtures.ts';

const key: PageKey = { workspaceId, id: 'task0000001' };

describe('pagePath', () => {
  it('ends with the title, so that the tab has it for a name', () => {
    assert.equal(pagePath(key, 'Fix the login'), '/task/workspace01/task0000001/Fix the login.md');
  });

  it('is read back, whatever the title is', () => {
    for (const title of ['../../etc/passwd', 'a/b\\c?d#e%2F', '', '\u202E', 'x'.repeat(500), 'two\nlines', '日本語']) {
      assert.deepEqual(parsePagePath(pagePath(key, title)), key, title);
    }
  });

  it('takes nothing else for a page', () => {
    for (const path of ['', '/', '/task/x/y/z.md', '/task/workspace01/task0000001/a/b.md', '/request/workspace01/task0000001/a.md']) {
      assert.equal(parsePagePath(path), undefined);
    }
  });
});

describe('affectedPages', () => {
  it('are those of the task that something happened to', () => {
    const events = [
      { type: 'task.updated', payload: task() },
      { type: 'task.deleted', payload: { id: 'task0000001', workspaceId } },
      { type: 'message.created', payload: message() },
      { type: 'request.updated', payload: request() },
    ] as const;
    for (const event of events) {
      assert.equal(isAffected('task0000001', event), true, event.type);
      assert.equal(isAffected('task0000002', event), false, event.type);
    }
    assert.equal(isAffected('task0000001', { type: 'agent.updated', payload: agent() }), false);
  });
});
