import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { cardSchema } from '../../../../src/protocol/card.ts';
import type { Agent, Permission, Request } from '../../../../src/protocol/model.ts';
import { cardOf } from '../../../../src/ui/card/cardOf.ts';
import { agent, ago, board, english, now, permission, request, task, workspace } from '../support/fixtures.ts';

function card(of: Request, agents: Agent[] = [agent()], tasks = [task()]) {
  const made = cardOf(of, {
    board: board({ agents, tasks, requests: [of], workspaces: [workspace({ folder: 'file:///home/me/shop' })] }),
    formatTime: (time) => time.slice(11, 16),
    now,
    l10n: english,
  });
  // What a page is sent has exactly this form.
  assert.deepEqual(cardSchema.parse(made), made);
  return made;
}

function wants(over: Partial<Permission>) {
  const { content } = card(permission(over));
  assert.ok(content.kind === 'permission');
  return content;
}

const input = (members: Record<string, unknown>): string => JSON.stringify(members);
const marked = (lines: readonly { mark: string; text: string }[]): string[] => lines.map(({ mark, text }) => `${mark} ${text}`);

describe('the card of a request', () => {
  it('says who asks, of what, and since when', () => {
    const { who, heading, title, time, where, at } = card(request());
    assert.deepEqual(
      [who.name, who.mark, heading, title, time, where, at],
      ['Claude Code', 'CC', 'Claude Code asks', 'Deploy to staging?', '11:57', 'Fix the login', ago(180)],
    );
    assert.equal(card(request({ taskId: undefined })).where, '');
  });

  it('says what it does to its agent, and what an answer will do', () => {
    const said = (over: Partial<Agent>, of = request()): string[] => {
      const { needWords, effect } = card(of, [agent(over)]);
      return [needWords, effect];
    };
    assert.deepEqual(said({ waitingFor: ['request0001'] }), ['blocked on you', 'Your answer reaches it at once.']);
    assert.deepEqual(said({ hears: 'now' }), ['holding up work', 'Your answer wakes it now.']);
    assert.deepEqual(said({ hears: 'turnEnd' }), ['can go on', 'It gets your answer at the end of its turn.']);
    assert.deepEqual(said({}), ['can go on', 'It gets your answer with its next step.']);
    assert.deepEqual(said({ connected: false, lastHeardAt: ago(3_600) }), [
      'can go on',
      'It is offline and gets your answer when it is back.',
    ]);
    assert.deepEqual(said({ waitingFor: ['request0001'] }, request({ status: 'answered', answer: { at: ago(1) } })), ['', '']);
  });

  it('tells what was allowed from what was denied', () => {
    const verdict = (answer: Request['answer']): string => card(permission({}, { status: 'answered', answer })).verdict;
    assert.equal(verdict({ decision: 'allow', at: ago(1) }), 'yes');
    assert.equal(verdict({ decision: 'deny', at: ago(1) }), 'no');
    assert.equal(verdict({ decision: 'allow', ruleIds: ['rule0000001'], at: ago(1) }), 'yes');
    assert.equal(card(request({ status: 'answered', answer: { text: 'Yes.', at: ago(1) } })).verdict, 'said');
    assert.equal(card(request()).verdict, '');
  });

  it('has the choices, the questions of a set, the plan, and the text of a task', () => {
    assert.deepEqual(card(request({ choices: ['A', 'B'], multiple: true })).content, {
      kind: 'question',
      markdown: 'Deploy to staging?',
      choices: [
        { value: 'A', label: 'A' },
        { value: 'B', label: 'B' },
      ],
      multiple: true,
    });
    const option = { label: 'SQLite', description: 'one file', preview: 'a.db' };
    const questions = [{ question: 'Which?', header: 'DB', options: [option], multiple: false }];
    assert.deepEqual(card(request({ dialog: { kind: 'questions', questions } })).content, {
      kind: 'set',
      questions: [
        {
          header: 'DB',
          text: 'Which?',
          choices: [{ value: 'SQLite', label: 'SQLite', about: 'one file', preview: 'a.db' }],
          multiple: false,
        },
      ],
    });
    const plan = card(request({ dialog: { kind: 'plan' }, question: '# a\u200B' })).content;
    assert.deepEqual(plan, { kind: 'plan', markdown: '# a\\u200B', source: '# a\u200B' });
    assert.deepEqual(card(request({ kind: 'task', question: 'Make a key' }), [agent()], [task({ body: 'In the console.' })]).content, {
      kind: 'task',
      markdown: 'Make a key\n\nIn the console.',
    });
  });
});

describe('the card of a permission', () => {
  afterEach(() => mock.restoreAll());

  it('shows a command as one, its description as a subtitle, and whatever else the input holds', () => {
    const said = { command: 'git push', description: 'Push the branch', timeout: 1_000, dangerouslyDisableSandbox: true };
    const content = wants({ input: input(said), description: 'Push the branch', cwd: '/home/me/shop' });
    assert.deepEqual(content.wish, {
      kind: 'command',
      code: [{ number: 0, text: 'git push', mark: 'same' }],
      others: ['timeout: 1000', 'dangerouslyDisableSandbox: true'],
    });
    assert.equal(content.subtitle, 'Push the branch');
    assert.deepEqual(content.facts, [], 'the folder of the workspace is no news');
    assert.deepEqual(wants({ cwd: '/elsewhere', subagent: { id: 'a1', type: 'Explore' } }).facts, [
      'In the folder: /elsewhere',
      'For the subagent: Explore a1',
    ]);
  });

  it('numbers the lines of a command, and lets nothing hide behind blank ones', () => {
    const { wish } = wants({ input: input({ command: `npm test\n${' \n'.repeat(50)}rm -rf ~` }) });
    assert.ok(wish.kind === 'command');
    assert.deepEqual(wish.code, [
      { number: 1, text: 'npm test', mark: 'same' },
      { number: 0, text: '50 blank lines', mark: 'same', blanks: true },
      { number: 52, text: 'rm -rf ~', mark: 'same' },
    ]);
  });

  it('shows an edit as the lines that go and the lines that come', () => {
    const edit = { file_path: '/a/total.py', old_string: 'a\nb\nc', new_string: 'a\nB\nc', replace_all: true };
    const { wish } = wants({ tool: 'Edit', input: input(edit) });
    assert.ok(wish.kind === 'edit');
    assert.deepEqual(
      [wish.file, wish.changes.map(marked), wish.others],
      ['/a/total.py', [['same a', 'removed b', 'added B', 'same c']], ['replace_all: true']],
    );
    const several = { file_path: 'x', edits: [edit, edit].map(({ old_string, new_string }) => ({ old_string, new_string })) };
    const more = wants({ tool: 'MultiEdit', input: input(several) }).wish;
    assert.equal(more.kind === 'edit' && more.changes.length, 2);
    const patch = wants({
      tool: 'apply_patch',
      input: input({ command: '*** Begin Patch\n*** Update File: a\n@@\n   if a:\n-x\n+y\n*** End Patch' }),
    }).wish;
    assert.deepEqual(patch.kind === 'edit' && marked(patch.changes[0] ?? []).slice(2, 6), [
      'same @@',
      'same   if a:',
      'removed x',
      'added y',
    ]);
  });

  it('shows an edit line by line also where the machine is busy, and only what is very long as two texts', () => {
    const changes = (old_string: string, new_string: string): string[] => {
      const { wish } = wants({ tool: 'Edit', input: input({ file_path: 'a', old_string, new_string }) });
      return wish.kind === 'edit' ? marked(wish.changes[0] ?? []) : [];
    };
    let time = 0;
    mock.method(Date, 'now', () => (time += 1_000));
    assert.deepEqual(changes('a\nb', 'a\nB'), ['same a', 'removed b', 'added B']);
    mock.restoreAll();
    const long = 'x\n'.repeat(10_000);
    assert.equal(changes(long, `${long}y`).filter((line) => line.startsWith('removed')).length, 10_001);
  });

  it('says of a stretch of blank lines whether they go or come', () => {
    const blanks = (count: number): string => '\n'.repeat(count);
    const stretches = (before: number, after: number): string[] => {
      const edit = { file_path: 'a', old_string: `a${blanks(before + 1)}b`, new_string: `a${blanks(after + 1)}b` };
      const { wish } = wants({ tool: 'Edit', input: input(edit) });
      const [lines = []] = wish.kind === 'edit' ? wish.changes : [];
      return marked(lines.filter((line) => line.blanks === true)).toSorted();
    };
    assert.deepEqual(stretches(5, 0), ['removed 5 blank lines']);
    assert.deepEqual(stretches(0, 6), ['added 6 blank lines']);
    assert.deepEqual(stretches(9, 4), ['removed 5 blank lines', 'same 4 blank lines']);
  });

  it('shows a file that is written whole', () => {
    const { wish } = wants({ tool: 'Write', input: input({ file_path: '/a/b.py', content: 'x = 1\u202E\n' }) });
    assert.deepEqual(wish, {
      kind: 'newFile',
      file: '/a/b.py',
      code: [
        { number: 1, text: 'x = 1\\u202E', mark: 'same' },
        { number: 2, text: '', mark: 'same' },
      ],
      others: [],
    });
  });

  it('shows what it doesn’t understand whole as it was sent', () => {
    const asSent = (over: Partial<Permission>): void => assert.equal(wants(over).wish.kind, 'input', JSON.stringify(over));
    asSent({ tool: 'Edit', input: input({ file_path: 'a', old_string: 'x', new_string: 1 }) });
    asSent({ tool: 'Edit', input: input({ file_path: 'a', path: 'b', old_string: 'x', new_string: 'y' }) });
    asSent({ tool: 'MultiEdit', input: input({ file_path: 'a', edits: [{ old_string: 'x', new_string: 'y', more: 1 }] }) });
    asSent({ tool: 'mcp__x__edit', input: input({ file_path: 'a', old_string: 'x', new_string: 'y' }) });
    asSent({ tool: 'Bash', input: '{"command":"a","command":"b"}' });
    asSent({ tool: 'Bash', input: input({ command: 'a' }), partial: true });
    asSent({ input: 'rm -rf ~' });
    assert.match(JSON.stringify(wants({ input: 'rm -rf ~' }).raw), /rm -rf ~/);
  });

  it('compares even what is large in a moment', () => {
    const text = (word: string): string => Array.from({ length: 40_000 }, (_, line) => `${word} ${line * 7}`).join('\n');
    const { wish } = wants({ tool: 'Edit', input: input({ file_path: 'a', old_string: text('a'), new_string: text('b') }) });
    assert.ok(wish.kind === 'edit');
    assert.equal(wish.changes[0]?.length, 80_000);
  });
});
