import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Board } from '../../../../src/client/board.ts';
import type { HubEvent } from '../../../../src/protocol/events.ts';
import type { Permission, Request } from '../../../../src/protocol/model.ts';
import { arrivalOf } from '../../../../src/ui/notifications/core/arrival.ts';
import type { NotificationEvent } from '../../../../src/ui/notifications/core/event.ts';
import { type Toast, toastOf } from '../../../../src/ui/notifications/toastOf.ts';
import { runs } from '../../../support/generated.ts';
import { agent, ago, board, change, english, message, permission, request, task, workspace, workspaceId } from '../support/fixtures.ts';

/** The toast of what happens, on this board. */
function toastFor(
  happens: HubEvent,
  over: { board?: Board; own?: string[]; merged?: NotificationEvent[]; hasTerminal?: boolean } = {},
): Toast | undefined {
  const after = over.board ?? board();
  const event = arrivalOf(change(happens, after)) ?? assert.fail('it calls for the user');
  const { own = [workspaceId], merged = [], hasTerminal = false } = over;
  return toastOf(event, merged, { board: after, ownWorkspaces: own, hasTerminal, l10n: english });
}

function ask(over: Partial<Request> = {}): Toast | undefined {
  return toastFor({ type: 'request.created', payload: request(over) });
}

function labels(toast: Toast | undefined): string[] | undefined {
  return toast?.buttons.map((button) => button.label);
}

describe('toastOf', () => {
  it('shows a question with its choices as buttons, each of which sends exactly that choice', () => {
    const toast = ask({ choices: ['Yes', 'No'] });
    assert.equal(toast?.text, 'Claude Code asks: Deploy to staging?');
    assert.deepEqual(toast?.buttons, [
      { label: 'Yes', action: { kind: 'choose', choice: 'Yes' } },
      { label: 'No', action: { kind: 'choose', choice: 'No' } },
      { label: 'Open', action: { kind: 'open' } },
    ]);
  });

  it('asks for the answer where the choices do not fit on buttons', () => {
    const answer = ['Answer…', 'Open'];
    assert.deepEqual(labels(ask()), answer, 'free text');
    assert.deepEqual(labels(ask({ choices: ['a', 'b', 'c', 'd'] })), answer, 'too many');
    assert.deepEqual(labels(ask({ choices: ['a'.repeat(18), 'b'.repeat(19)] })), answer, 'too long');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'], multiple: true })), answer, 'several may be taken');
    assert.deepEqual(labels(ask({ choices: ['a', 'a\u200B'] })), answer, 'something is hidden');
    assert.deepEqual(labels(ask({ choices: ['a', 'a'] })), answer, 'two look the same');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'], question: 'x'.repeat(201) })), answer, 'the question is cut');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'], question: 'One of:\n- a\n- b' })), answer, 'the question has lines');
    const described = { question: 'Which?', options: [{ label: 'a', description: 'the fast one' }], multiple: false };
    assert.deepEqual(
      labels(ask({ choices: ['a'], dialog: { kind: 'questions', questions: [described] } })),
      answer,
      'a choice is explained',
    );
    const [left, right] = ['a'.repeat(18), 'b'.repeat(18)];
    assert.deepEqual(labels(ask({ choices: [left, right] })), [left, right, 'Open'], 'just fits');
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

  it('offers to say that a task for the user is done, to reply, and to open it', () => {
    const toast = ask({ kind: 'task', question: 'Make a token' });
    assert.equal(toast?.text, 'Claude Code has a task for you: Make a token');
    assert.deepEqual(
      toast?.buttons.map(({ label, action }) => [label, action]),
      [
        ['Done', { kind: 'decide', decision: 'done' }],
        ['Reply…', { kind: 'reply' }],
        ['Open', { kind: 'open' }],
      ],
    );
  });

  it('tells a review from a question, and lets nobody decide it by a line', () => {
    const toast = ask({ kind: 'review', question: 'The title is shorter.' });
    assert.equal(toast?.text, 'Claude Code asks for a review: The title is shorter.');
    assert.deepEqual(labels(toast), ['Review…', 'Open']);
  });

  it('lets a permission be decided on the toast when all of it is there', () => {
    const toast = permit({});
    assert.equal(toast?.text, 'Claude Code wants to run: npm publish');
    assert.deepEqual(toast?.buttons, [
      { label: 'Deny', action: { kind: 'decide', decision: 'deny' } },
      { label: 'Allow Once', action: { kind: 'decide', decision: 'allow' } },
      { label: 'More…', action: { kind: 'answer' } },
    ]);
  });

  it('says for how many that are the same it stands: uses of one request, and requests folded into it', () => {
    const wants = 'Claude Code wants to run: npm publish';
    assert.equal(permit({ uses: 2 })?.text, `${wants} (2 times)`);
    const older = arrivalOf(change({ type: 'request.created', payload: permission({ uses: 2 }, { id: 'request0002' }) }, board()));
    assert.ok(older);
    const event: HubEvent = { type: 'request.created', payload: permission() };
    assert.equal(toastFor(event, { merged: [older] })?.text, `${wants} (3 times)`);
    assert.equal(permit({ uses: 2, input: 'a\nb' })?.text, 'Claude Code wants to run: a … (2 times)');
  });

  it('leads to all of it otherwise', () => {
    const command = (text: string) => permit({ input: JSON.stringify({ command: text }) });
    const long = permit({ input: 'x'.repeat(201) });
    assert.equal(long?.text, `Claude Code wants to run: ${'x'.repeat(199)}…`);
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
      { numRuns: runs(2_000) },
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

  it('shows a message of an agent, and offers to reply', () => {
    const event = { type: 'message.created', payload: message() } as const;
    assert.equal(toastFor(event)?.text, 'Claude Code in “Fix the login”: The tests are green.');
    assert.deepEqual(labels(toastFor(event)), ['Reply…', 'Open']);
    const merged = [arrivalOf(change(event)) ?? assert.fail()];
    assert.equal(toastFor(event, { merged })?.text, 'Claude Code in “Fix the login”: The tests are green. (and 1 before that)');
  });

  it('says what is finished, blocked or given up, with the last words of the agent', () => {
    const note = { type: 'message.created', payload: message({ id: 'message0002', kind: 'status' }) } as const;
    const merged = [arrivalOf(change({ type: 'message.created', payload: message() })) ?? assert.fail()];
    const of = (status: 'completed' | 'blocked' | 'rejected', more = {}) =>
      toastFor(note, { board: board({ tasks: [task({ status })] }), ...more });
    assert.equal(of('completed')?.text, '✓ Claude Code finished “Fix the login”');
    assert.equal(of('completed', { merged })?.text, '✓ Claude Code finished “Fix the login”: The tests are green.');
    assert.equal(of('blocked')?.text, 'Claude Code is blocked in “Fix the login”');
    assert.equal(of('rejected')?.text, 'Claude Code gave up “Fix the login”');
    assert.deepEqual(labels(of('completed')), ['Reply…', 'Open']);
  });

  it('tells a question, a permission, what is finished and what failed apart by icon and word, not by colour', () => {
    const note = { type: 'message.created', payload: message({ kind: 'status' }) } as const;
    const of = (status: 'completed' | 'rejected') => toastFor(note, { board: board({ tasks: [task({ status })] }) });
    const looks = [ask(), permit({}), of('completed'), of('rejected')].map((toast) => [
      toast?.text.startsWith('✓') ? '✓' : toast?.level,
      /asks|wants to run|finished|gave up/.exec(toast?.text ?? '')?.[0],
    ]);
    assert.deepEqual(looks, [
      ['info', 'asks'],
      ['warning', 'wants to run'],
      ['✓', 'finished'],
      ['error', 'gave up'],
    ]);
  });

  it('names the folder of what comes from another one', () => {
    const two = board({ workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })] });
    const event = { type: 'request.created', payload: request() } as const;
    assert.equal(toastFor(event, { board: two, own: ['workspace02'] })?.text, 'Claude Code (web) asks: Deploy to staging?');
    assert.equal(toastFor(event, { board: two, own: [] })?.text, 'Claude Code asks: Deploy to staging?', 'not known yet');
  });

  it('says that an agent waits in its own window, as long as it does', () => {
    const waits = agent({ waitsElsewhere: { text: 'Bash: rm\u202E -rf', at: ago(1) } });
    const event = { type: 'agent.updated', payload: waits } as const;
    const toast = toastFor(event, { board: board({ agents: [waits] }) });
    assert.equal(toast?.text, 'Claude Code is waiting in its own window: Bash: rm\\u202E -rf');
    assert.deepEqual(labels(toast), ['OK']);
    assert.equal(toastFor(event), undefined, 'it goes on');
    assert.deepEqual(labels(toastFor(event, { board: board({ agents: [waits] }), hasTerminal: true })), ['Show Terminal', 'OK']);
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
