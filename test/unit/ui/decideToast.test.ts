import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Permission, Request } from '../../../src/protocol/model.ts';
import type { Toast, ToastContext } from '../../../src/ui/decideToast.ts';
import { decideToast } from '../../../src/ui/decideToast.ts';
import { agent, ago, board, change, english, message, permission, request, workspace, workspaceId } from './fixtures.ts';

const usual: ToastContext = {
  levels: { questions: 'all', messages: 'all' },
  ownWorkspaces: [workspaceId],
  windowFocused: true,
  isReading: () => false,
};

function ask(over: Partial<Request> = {}, context: ToastContext = usual, live = true): Toast | undefined {
  return decideToast(change({ type: 'request.created', payload: request(over) }, undefined, live), context, english);
}

function labels(toast: Toast | undefined): string[] | undefined {
  return toast?.buttons.map((button) => button.label);
}

describe('decideToast', () => {
  it('shows a question with its choices as buttons, each of which sends exactly that choice', () => {
    const toast = ask({ choices: ['Yes', 'No'] });
    assert.equal(toast?.text, 'Claude Code asks: Deploy to staging?');
    assert.deepEqual(toast?.buttons, [
      { label: 'Yes', action: { kind: 'choose', choice: 'Yes' } },
      { label: 'No', action: { kind: 'choose', choice: 'No' } },
      { label: 'Open', action: { kind: 'open' } },
    ]);
  });

  it('is silent about what happened before this window watched', () => {
    assert.equal(ask({}, usual, false), undefined);
    assert.equal(decideToast(change({ type: 'message.created', payload: message() }, undefined, false), usual, english), undefined);
  });

  it('asks for the answer where the choices do not fit on buttons', () => {
    const answer = ['Answer…', 'Open'];
    assert.deepEqual(labels(ask()), answer, 'free text');
    assert.deepEqual(labels(ask({ choices: ['a', 'b', 'c', 'd'] })), answer, 'too many');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'.repeat(41)] })), answer, 'too long');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'], multiple: true })), answer, 'several may be taken');
    assert.deepEqual(labels(ask({ choices: ['a', 'a\u200B'] })), answer, 'something is hidden');
    assert.deepEqual(labels(ask({ choices: ['a', 'a'] })), answer, 'two look the same');
    assert.deepEqual(labels(ask({ choices: ['b'.repeat(40)] })), ['b'.repeat(40), 'Open'], 'just fits');
  });

  it('tells a choice that is called like a button of ours from it', () => {
    assert.deepEqual(
      ask({ choices: ['Open'] })?.buttons.map((button) => button.action.kind),
      ['choose', 'open'],
    );
  });

  it('shows one line, and says when it is cut', () => {
    const toast = ask({ question: `First\nsecond ${'word '.repeat(100)}` });
    assert.match(toast?.text ?? '', /^Claude Code asks: First second word .*word…$/);
    assert.ok((toast?.text.length ?? 0) <= 'Claude Code asks: '.length + 200);
  });

  it('shows a message of an agent, and offers to reply', () => {
    const toast = decideToast(change({ type: 'message.created', payload: message() }), usual, english);
    assert.equal(toast?.text, 'Claude Code in “Fix the login”: The tests are green.');
    assert.deepEqual(labels(toast), ['Reply…', 'Open']);
  });

  it('is silent about the person’s own words, notes of the hub, and everything that is no news', () => {
    const silent = [
      { type: 'message.created', payload: message({ sender: 'human' }) },
      { type: 'message.created', payload: message({ kind: 'status' }) },
      { type: 'message.updated', payload: message() },
      { type: 'request.created', payload: request({ status: 'superseded' }) },
    ] as const;
    for (const event of silent) assert.equal(decideToast(change(event), usual, english), undefined, event.type);
    const known = board({ requests: [request()] });
    assert.equal(decideToast(change({ type: 'request.updated', payload: request() }, known, true, known), usual, english), undefined);
  });

  it('is silent about a message that the person is reading', () => {
    const reading = { ...usual, isReading: (taskId: string) => taskId === 'task0000001' };
    const event = { type: 'message.created', payload: message() } as const;
    assert.equal(decideToast(change(event), reading, english), undefined);
    assert.notEqual(decideToast(change(event), { ...reading, windowFocused: false }, english), undefined);
  });

  it('obeys the settings', () => {
    assert.equal(ask({}, { ...usual, levels: { questions: 'off', messages: 'all' } }), undefined);
    assert.notEqual(ask({}, { ...usual, levels: { questions: 'ownFolders', messages: 'off' } }), undefined);
    const event = { type: 'message.created', payload: message() } as const;
    assert.equal(decideToast(change(event), { ...usual, levels: { questions: 'all', messages: 'off' } }, english), undefined);
  });

  it('leaves the folders of other windows to these, unless the person looks at this one', () => {
    const elsewhere = { ...usual, ownWorkspaces: ['workspace02'] };
    const two = board({ workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })] });
    const asked = change({ type: 'request.created', payload: request() }, two);
    assert.equal(decideToast(asked, { ...elsewhere, windowFocused: false }, english), undefined);
    assert.equal(decideToast(asked, elsewhere, english)?.text, 'Claude Code (web) asks: Deploy to staging?');
    assert.equal(decideToast(asked, { ...elsewhere, levels: { questions: 'ownFolders', messages: 'all' } }, english), undefined);
  });

  it('does not wait for this window’s workspaces to be known', () => {
    assert.notEqual(ask({}, { ...usual, ownWorkspaces: [], windowFocused: false }), undefined);
  });

  it('has the same key for the same thing', () => {
    assert.equal(ask()?.key, ask({ question: 'Other words?' })?.key);
    assert.notEqual(ask()?.key, ask({ id: 'request0002' })?.key);
  });

  it('shows what is asked for again after the agent had stopped waiting', () => {
    const again = request({ updatedAt: '2026-11-22T12:00:00.000Z' });
    const toast = decideToast(change({ type: 'request.updated', payload: again }), usual, english);
    assert.notEqual(toast?.key, ask()?.key);
    assert.equal(decideToast(change({ type: 'request.updated', payload: { ...again, status: 'answered' } }), usual, english), undefined);
  });

  it('lets a permission be decided on the toast when all of it is there', () => {
    const toast = permit({});
    assert.equal(toast?.text, 'Claude Code wants to use Bash: npm publish');
    assert.deepEqual(toast?.buttons, [
      { label: 'Deny', action: { kind: 'decide', decision: 'deny' } },
      { label: 'Allow Once', action: { kind: 'decide', decision: 'allow' } },
      { label: 'More…', action: { kind: 'answer' } },
    ]);
  });

  it('says nothing of what a rule allows', () => {
    assert.equal(
      ask(permission({}, { status: 'answered', answer: { decision: 'allow', ruleIds: ['rule0000001'], at: ago(1) } })),
      undefined,
    );
  });

  it('leads to all of it otherwise', () => {
    const command = (text: string) => permit({ input: JSON.stringify({ command: text }) });
    const long = permit({ input: 'x'.repeat(201) });
    assert.equal(long?.text, `Claude Code wants to use Bash: ${'x'.repeat(193)}…`);
    for (const toast of [
      long,
      command('npm test\nrm -rf /'),
      command(`ls${' '.repeat(100)}; rm -rf /`),
      command('ls \u202E/ fr- mr'),
      command('ls [x](command:y)'),
      command('сd /'),
      permit({ partial: true }),
      permit({ tool: 'Ba\u200Bsh' }),
    ])
      assert.deepEqual(labels(toast), ['Review…'], toast?.text);
  });

  it('never offers to allow what is not all in its text', () => {
    fc.assert(
      fc.property(inputs, fc.boolean(), (input, partial) => {
        const toast = permit({ input, partial });
        if (!labels(toast)?.includes('Allow Once')) return;
        assert.equal(partial, false);
        assert.doesNotMatch(toast?.text ?? '', hidden);
        for (const part of partsOf(input)) assert.ok(toast?.text.includes(part), `${part} is in ${toast?.text}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never offers to allow what has a hidden character in it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('\u202E', '\u2066', '\u200B', '\u00AD', '\u{E0041}', '\u0007', '\uFEFF', '\n', '\t'),
        fc.string(),
        (before, evil, after) => {
          const command = `${before}${evil}${after}`;
          for (const input of [`x${command}x`, JSON.stringify({ command: `x${command}x` }), JSON.stringify({ a: 1, [`x${command}x`]: 2 })])
            assert.deepEqual(labels(permit({ input })), ['Review…']);
        },
      ),
    );
  });

  it('offers to allow often enough for these laws to say something', () => {
    const offered = fc.sample(inputs, 300).filter((input) => labels(permit({ input }))?.includes('Allow Once'));
    assert.ok(offered.length > 20, String(offered.length));
  });

  it('says that an agent waits in its own window, when it begins to', () => {
    const waits = agent({ waitsElsewhere: { text: 'Bash: rm\u202E -rf', at: ago(1) } });
    const event = { type: 'agent.updated', payload: waits } as const;
    const toast = decideToast(change(event), usual, english);
    assert.equal(toast?.text, 'Claude Code waits in its own window: Bash: rm\\u202E -rf');
    assert.deepEqual(labels(toast), ['OK']);
    assert.equal(decideToast(change(event, undefined, true, board({ agents: [waits] })), usual, english), undefined, 'it has been said');
    assert.equal(decideToast(change(event), { ...usual, levels: { questions: 'off', messages: 'all' } }, english), undefined);
    assert.equal(decideToast(change({ type: 'agent.updated', payload: agent() }), usual, english), undefined);
  });
});

function permit(over: Partial<Permission>): Toast | undefined {
  return ask(permission(over));
}

/** What the eye can't see, by another telling than that of the code: everything but letters, marks, digits, signs and the space. */
const hidden = /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/u;

const word = fc.oneof(fc.constantFrom('ls', 'npm test', 'a b', 'ä', '-x', '·', ']('), fc.string({ maxLength: 30 }));
const inputs = fc.oneof(
  word,
  fc.record({ command: word }).map((value) => JSON.stringify(value)),
  fc
    .dictionary(fc.constantFrom('command', 'timeout', 'a', 'b c', '__proto__'), fc.oneof(word, fc.integer(), fc.array(word)))
    .map((value) => JSON.stringify(value)),
  fc.record({ command: word, timeout: fc.integer() }).map((value) => JSON.stringify(value, null, 2)),
  fc.tuple(word, word).map(([first, second]) => `{"command":${JSON.stringify(first)},"command":${JSON.stringify(second)}}`),
);

/** What must be seen of an input: the values of a JSON object (and their names), or the text itself. */
function partsOf(input: string): string[] {
  try {
    const parsed: unknown = JSON.parse(input);
    if (typeof parsed !== 'object' || parsed === null) return [input];
    const members = Object.entries(parsed);
    // A name that comes twice is lost in reading.
    if (JSON.stringify(parsed) !== input) return [input];
    return members.flatMap(([name, value]) => [
      ...(name === 'command' ? [] : [name]),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
  } catch {
    return [input];
  }
}
