import assert from 'node:assert/strict';
import { type Thread, threadFrom } from '../../../../src/client/thread.ts';
import type { Message, Request } from '../../../../src/protocol/model.ts';
import type { CardContext } from '../../../../src/ui/card/cardOf.ts';
import { announcedRows } from '../../../../src/ui/panel/threadNews.ts';
import { createRowMaker, panelHeader, rowsBetween, tabTitle } from '../../../../src/ui/panel/threadRows.ts';
import { agent, ago, board, english, message, now, permission, request, task } from '../support/fixtures.ts';

const context: CardContext = { board: board(), formatTime: (time) => time.slice(11, 16), now, l10n: english };

function thread(messages: Message[] = [], requests: Request[] = [], of = task({ agentId: 'agent000001' })): Thread {
  return threadFrom({ cursor: 'e.1', task: of, messages, requests });
}

function rowsOf(from: Thread, of = context) {
  return createRowMaker()(from, of);
}

describe('the rows of a thread', () => {
  it('are the task’s text, its messages and its requests, in the order of time', () => {
    const said = message({ createdAt: ago(60) });
    const rows = rowsOf(
      thread([said, message({ id: 'message0002', sender: 'human', createdAt: ago(30), delivery: 'delivered' })], [request()]),
    );
    assert.deepEqual(
      rows.map(({ kind, who, own, state, text }) => [kind, who, own, state, text]),
      [
        ['body', 'You', true, '', 'It fails on Mondays.'],
        ['request', 'Claude Code asks', false, 'needs your answer', 'Deploy to staging?'],
        ['message', 'Claude Code', false, '', 'The tests are green.'],
        ['message', 'You', true, 'delivered', 'The tests are green.'],
      ],
    );
    assert.deepEqual(rowsOf(thread([], [], task({ body: ' ' }))), []);
  });

  it('have nothing hidden in them', () => {
    const hostile = 'a\u202Eb\u200B\u001B[2J\u2066';
    const rows = rowsOf(
      thread(
        [message({ text: hostile }), message({ id: 'message0002', kind: 'status', text: hostile })],
        [
          request({ question: hostile, choices: [hostile] }),
          permission(
            { tool: hostile, input: JSON.stringify({ command: hostile, [hostile]: 1 }), description: hostile, cwd: hostile },
            { id: 'request0002' },
          ),
        ],
        task({ body: hostile }),
      ),
      { ...context, board: board({ agents: [agent({ title: hostile })] }) },
    );
    const shown = rows.map(({ card, ...row }) => {
      const content = card?.content;
      return { ...row, card: { ...card, content: content?.kind === 'question' ? content.choices.map(({ label }) => label) : content } };
    });
    // A single backslash stands for a character that JSON can't show; ours are two.
    assert.doesNotMatch(JSON.stringify(shown).replaceAll('\\\\', ''), /\p{Cf}|\\u/u);
    assert.match(JSON.stringify(shown), /\\\\u202E/);
    const asked = rows.find(({ id }) => id === 'request0001')?.card?.content;
    assert.equal(asked?.kind === 'question' && asked.choices[0]?.value, hostile, 'what is sent is what was given');
  });

  it('hold all of what an agent wants to do', () => {
    const command = `echo ${'x'.repeat(5_000)}\n${' '.repeat(5_000)}; rm -rf ~`;
    const [row] = rowsOf(thread([], [permission({ input: JSON.stringify({ command }), partial: true })], task({ body: '' })));
    const content = row?.card?.content;
    assert.ok(content?.kind === 'permission');
    const text = [...content.warnings, ...content.raw.map((part) => part.text)].join('\n');
    assert.match(text, /only a preview/);
    assert.equal(text.match(/x/g)?.length, 5_000);
    assert.match(text, /only blanks[^]*; rm -rf ~/);
  });

  it('say for how many uses a verdict is', () => {
    const { content } = rowsOf(thread([], [permission({ uses: 3 })])).at(-1)?.card ?? {};
    assert.deepEqual(content?.kind === 'permission' && content.warnings, [
      'It wants this 3 times at once, and your verdict is for all of them.',
    ]);
  });

  it('can be answered as long as an answer counts, and say what was said', () => {
    const states = (['open', 'answered', 'delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const).map((status) => {
      const answer =
        status === 'open' || status === 'expired' ? {} : { answer: { choices: ['A'], text: 'words', note: 'note', at: ago(1) } };
      const [row] = rowsOf(thread([], [request({ status, ...answer })], task({ body: '' })));
      return [status, row?.card?.open, row?.card?.mayTakeBack, row?.card?.answer.length];
    });
    assert.deepEqual(states, [
      ['open', true, false, 0],
      ['answered', false, true, 4],
      ['delivered', false, false, 4],
      ['acted', false, false, 4],
      ['expired', true, false, 0],
      ['superseded', false, false, 4],
      ['withdrawn', false, false, 4],
    ]);
  });

  it('say which lines a review is about, and the verdict', () => {
    const place = { file: 'src/a\u202Eb.ts', line: 3, endLine: 5, snippet: 'x\u200B' };
    const review = request({ kind: 'review', place, status: 'answered', answer: { decision: 'sendBack', note: 'Tests.', at: ago(1) } });
    const [row] = rowsOf(thread([], [review], task({ body: '' })));
    assert.equal(row?.who, 'Claude Code asks for a review');
    assert.equal(row.state, 'sent back · not read yet');
    assert.deepEqual(row.card?.about, { place: String.raw`src/a\u202Eb.ts:3–5`, snippet: String.raw`x\u200B` });
    assert.deepEqual(row.card.answer, ['You sent it back, 11:59.', 'Tests.']);
  });

  it('are made anew only where something changed', () => {
    const make = createRowMaker();
    const before = thread([message(), message({ id: 'message0002' })]);
    const first = make(before, context);
    const changed = message({ id: 'message0002', text: 'Other.' });
    const second = make({ ...before, messages: new Map(before.messages).set(changed.id, changed) }, context);
    assert.equal(second[1], first[1]);
    assert.deepEqual(rowsBetween(first, second), { rows: [second[2]], removed: [] });
    const renamed = make(before, { ...context, board: board({ agents: [agent({ title: 'Cleo' })] }) });
    assert.equal(renamed[1]?.who, 'Cleo');
    assert.deepEqual(rowsBetween(second, []), { rows: [], removed: second.map(({ id }) => id) });
  });

  it('stand below what the task is and what its agent waits for', () => {
    const open = [request({ id: 'request0002', createdAt: ago(10), question: 'Later?' }), request()];
    const header = panelHeader(task({ agentId: 'agent000001' }), thread([], open), context);
    assert.deepEqual(header, {
      title: 'Fix the login',
      status: 'Ongoing',
      context: 'task:ongoing:works:needs',
      facts: 'Claude Code · workspace web · created 11:50',
      waits: 'Claude Code asks: Deploy to staging?',
      open: ['request0001', 'request0002'],
      stoppable: true,
    });
    const stops = (['asked', 'stopped'] as const).map((state) => ({ state, at: ago(5), messageId: 'message0001' }));
    const others = [{ status: 'completed' as const }, ...stops.map((stop) => ({ agentId: 'agent000001', stop }))];
    for (const other of others) assert.equal('stoppable' in panelHeader(task(other), thread(), context), false, JSON.stringify(other));
    const away = { ...context, board: board({ agents: [agent({ waitsElsewhere: { text: '**Run** it?', at: ago(5) } })] }) };
    assert.equal(panelHeader(task({ agentId: 'agent000001' }), thread(), away).waits, 'Claude Code is waiting in its own window: Run it?');
    assert.equal('waits' in panelHeader(task(), thread(), context), false);
  });

  it('stand below a title without marks, and begin with the request that an agent stands still for', () => {
    const titled = task({ title: '## Fix **the** login' });
    assert.deepEqual([panelHeader(titled, thread(), context).title, tabTitle(titled, english)], ['Fix the login', 'Fix the login']);
    const open = [request(), request({ id: 'request0002', question: 'Now?' })];
    const still = { ...context, board: board({ requests: open, agents: [agent({ waitingFor: ['request0002'] })] }) };
    const header = panelHeader(task(), thread([], open), still);
    assert.deepEqual([header.open, header.waits], [['request0002', 'request0001'], 'Claude Code asks: Now?']);
  });

  it('are news if an agent has just said or asked them', () => {
    const created = { type: 'message.created', payload: message() } as const;
    assert.deepEqual(announcedRows({ event: created, live: true }), ['message0001']);
    assert.deepEqual(announcedRows({ event: created, live: false }), []);
    assert.deepEqual(announcedRows({ event: { type: 'message.created', payload: message({ sender: 'human' }) }, live: true }), []);
    assert.deepEqual(announcedRows({ event: { type: 'request.created', payload: request() }, live: true }), ['request0001']);
    assert.deepEqual(announcedRows({ event: { type: 'request.created', payload: request({ status: 'answered' }) }, live: true }), []);
    assert.deepEqual(announcedRows({ event: { type: 'message.updated', payload: message() }, live: true }), []);
  });
});
