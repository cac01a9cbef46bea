import assert from 'node:assert/strict';
import type { Request } from '../../../../src/protocol/model.ts';
import type { Thread } from '../../../../src/protocol/operations.ts';
import type { PageContext } from '../../../../src/ui/documents/renderTask.ts';
import { renderNotice, renderTask } from '../../../../src/ui/documents/renderTask.ts';
import { ago, board, english, message, permission, request, task } from '../support/fixtures.ts';

const context: PageContext = { board: board(), formatTime: (time) => time.slice(11, 16), l10n: english };

function thread(over: Partial<Thread> = {}): Thread {
  return { cursor: 'e.1', task: task({ agentId: 'agent000001' }), messages: [], requests: [], ...over };
}

/** A task in whose thread there is nothing but this request. */
const rendered = (only: Request): string => renderTask(thread({ requests: [only] }), context);

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

### Agent Claude Code · 11:59

    The tests are green.

### You · 11:59 · sent

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
    for (const words of ['not read yet', 'sent', 'delivered', 'answered · not read yet']) assert.match(page, new RegExp(`· ${words}`));
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

  it('says of each state of a request what it means', () => {
    const words = (over: Parameters<typeof request>[0], of = request): string | undefined =>
      /11:57 · (.*)/.exec(rendered(of === request ? request(over) : permission({}, over)))?.[1];
    const allowed = { decision: 'allow', at: ago(9) } as const;
    const byRule = { ...allowed, ruleIds: ['rule0000001'] };
    assert.equal(words({ status: 'answered', handedOver: true }), 'answered · sent');
    assert.equal(words({ status: 'acted' }), 'answered · acted on');
    assert.equal(words({ status: 'expired' }), 'expired: the agent stopped waiting');
    assert.equal(words({ status: 'superseded' }), 'settled elsewhere');
    assert.equal(words({ status: 'withdrawn' }), 'withdrawn');
    const verdict = (over: Parameters<typeof request>[0]) => words(over, permission as unknown as typeof request);
    assert.equal(verdict({}), 'needs your decision');
    assert.equal(verdict({ status: 'answered', answer: allowed }), 'allowed · not read yet');
    assert.equal(verdict({ status: 'delivered', answer: { ...allowed, decision: 'deny' } }), 'denied · delivered');
    assert.equal(verdict({ status: 'acted', answer: byRule }), 'allowed by a rule of yours · acted on');
    assert.equal(verdict({ status: 'superseded' }), 'decided in the dialog of the agent');
  });

  it('shows the whole of what an agent wants to do, and the verdict', () => {
    const answer = { decision: 'deny', note: 'Not today.', at: ago(10) } as const;
    const asked = permission(
      { input: JSON.stringify({ command: 'npm test\nnpm publish é', timeout: 5 }), description: 'Publish it.', cwd: '/srv/shop' },
      { status: 'answered', answer },
    );
    const page = renderTask(thread({ requests: [asked] }), context);
    assert.ok(
      page.includes(`### Claude Code wants to run a command · 11:57 · denied · not read yet

In the words of the agent:

    Publish it.

In the folder:

    /srv/shop

“command” (lines: 2, characters: 22, of these beyond ASCII: 1):

    1 │ npm test
    2 │ npm publish é

“timeout” (lines: 1, characters: 1):

    1 │ 5

You denied it, 11:59.

    Not today.
`),
      page,
    );
  });

  it('shows a note of the hub on one line', () => {
    const page = renderTask(thread({ messages: [message({ kind: 'status', text: 'Status updated to: ongoing' })] }), context);
    assert.match(page, /\n\nAgent Claude Code · 11:59: moved the task to Ongoing\n/);
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

  it('names the files that go with it, as text', () => {
    const file = { id: 'file0000001', name: 'a[b](c)\u202E.png', mimeType: 'image/png', size: 1 };
    const files = [file];
    const page = renderTask(
      { cursor: 'e.1', task: task({ attachments: files }), messages: [message({ text: '', attachments: files })], requests: [] },
      context,
    );
    assert.equal(page.split('File: a\\[b\\](c)\\\\u202E.png').length, 3, page);
    assert.ok(!page.includes('\u202E'));
  });

  it('says that an empty thread is empty', () => {
    assert.match(renderTask(thread(), context), /No messages yet\./);
  });

  it('says when several of the choices may be chosen', () => {
    assert.match(rendered(request({ multiple: true, choices: ['a'] })), /Choose one or more:\n\n {4}• a/);
  });

  it('shows a permission of any size to its end, and says when it is only a preview', () => {
    const input = `echo start\n${'\n'.repeat(60_000)}; rm\u202E -rf ~`;
    const page = rendered(permission({ input, partial: true }));
    assert.match(page, /\n### Claude Code wants to run a command · /);
    assert.match(page, /The agent sent only a preview; what it will run may be longer\./);
    assert.match(page, /Input \(lines: 60002, characters: 60022, of these beyond ASCII: 1\):/);
    assert.match(page, / {4} {4}1 │ echo start\n {4} {5} ⋯ only blanks \(60000 characters\)\n {4}60002 │ ; rm\\u202E -rf ~\n/);
    assert.ok(page.length < 2_000);
  });

  it('lets nothing in a permission be anything but text', () => {
    const evil = '\n# heading\n![x](http://evil.test/x.png) <b> 2 │ fake';
    const page = rendered(permission({ tool: evil, input: JSON.stringify({ [evil]: evil }), description: evil, cwd: evil }));
    const outsideBlocks = page.replace(/^ {4}.*$/gm, '');
    assert.doesNotMatch(outsideBlocks, /(?<!\\)<|(?<!\\)\[/);
    assert.equal(page.match(/^#+ /gm)?.length, 3);
  });
});

describe('renderNotice', () => {
  it('is a sentence', () => assert.equal(renderNotice('It is [gone].'), 'It is \\[gone\\].\n'));
});
