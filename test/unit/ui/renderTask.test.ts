import assert from 'node:assert/strict';
import type { Thread } from '../../../src/protocol/operations.ts';
import type { PageContext } from '../../../src/ui/renderTask.ts';
import { renderLoneRequest, renderNotice, renderTask } from '../../../src/ui/renderTask.ts';
import { ago, board, english, message, request, task } from './fixtures.ts';

const context: PageContext = { board: board(), formatTime: (time) => time.slice(11, 16), l10n: english };

function thread(over: Partial<Thread> = {}): Thread {
  return { cursor: 'e.1', task: task({ agentId: 'agent000001' }), messages: [], requests: [], ...over };
}

describe('renderTask', () => {
  it('shows what the task is, its thread in the order of time, and how to answer', () => {
    const page = renderTask(
      thread({
        messages: [message(), message({ id: 'message0002', sender: 'human', text: 'Good.', createdAt: ago(30), delivery: 'offered' })],
        requests: [request({ choices: ['Yes', 'No'] })],
      }),
      context,
    );
    assert.equal(
      page,
      `# Fix the login

Ongoing · workspace web · assigned to Claude Code · created 11:50

    It fails on Mondays.

## Thread

### Claude Code asks · 11:57 · needs your answer

    Deploy to staging?

Choices:

    • Yes
    • No

### Claude Code · 11:59

    The tests are green.

### You · 11:59 · handed over

    Good.

---

To answer, run “AgentRQ: Answer Next Request” from the Command Palette, or click the question in Needs You.
`,
    );
  });

  it('says how far messages and answers have come', () => {
    const messages = (['queued', 'offered', 'delivered'] as const).map((delivery, index) =>
      message({ id: `message000${index}`, sender: 'human', delivery }),
    );
    const answer = { text: 'Do it.', note: 'But slowly.', choices: ['Yes'], at: ago(10) };
    const page = renderTask(thread({ messages, requests: [request({ status: 'answered', answer })] }), context);
    for (const words of ['waiting for the agent', 'handed over', 'delivered', 'answered, waiting for the agent'])
      assert.match(page, new RegExp(`· ${words}`));
    assert.match(page, /Your answer, 11:59:\n\n {4}• Yes\n\n {4}Do it\.\n\n {4}But slowly\./);
    assert.match(page, /Reply to Task…/);
  });

  it('shows the words of an answer once when a reply carries them', () => {
    const answer = { text: 'Do it.', at: ago(10) };
    const page = renderTask(
      thread({
        messages: [message({ sender: 'human', text: 'Do it.', requestId: 'request0001' })],
        requests: [request({ status: 'answered', answer })],
      }),
      context,
    );
    assert.equal(page.split('Do it.').length, 2);
  });

  it('shows a note of the hub on one line', () => {
    const page = renderTask(thread({ messages: [message({ kind: 'status', text: 'Status updated to: ongoing' })] }), context);
    assert.match(page, /\n\nClaude Code · 11:59: Status updated to: ongoing\n/);
  });

  it('lets hostile text be nothing but text', () => {
    const evil = '~~~\n<script>alert(1)</script>\n![x](http://evil.test/\u202Ex.png)';
    const page = renderTask(
      thread({
        task: task({ title: evil, body: evil }),
        messages: [message({ text: evil })],
        requests: [request({ question: evil, choices: [evil] })],
      }),
      context,
    );
    const outsideBlocks = page.replace(/^ {4}.*$/gm, '');
    assert.doesNotMatch(outsideBlocks, /(?<!\\)<|(?<!\\)\[/);
    assert.doesNotMatch(page, /\u202E/);
    assert.equal(page.split('\\u202E').length, 6, 'in title, body, message, question and choice');
  });

  it('says that an empty thread is empty', () => {
    assert.match(renderTask(thread(), context), /Nothing has been said yet\./);
  });
});

describe('renderLoneRequest', () => {
  it('shows a request that belongs to no task', () => {
    const page = renderLoneRequest(request({ multiple: true, choices: ['a'] }), context);
    assert.match(page, /^# Claude Code asks\n/);
    assert.match(page, /Choices, one or more of them:\n\n {4}• a/);
  });
});

describe('renderNotice', () => {
  it('is a sentence', () => assert.equal(renderNotice('It is [gone].'), 'It is \\[gone\\].\n'));
});
