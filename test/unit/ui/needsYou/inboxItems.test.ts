import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import { requestsByNeed } from '../../../../src/client/needs.ts';
import { practiceName } from '../../../../src/protocol/names.ts';
import type { InboxItem } from '../../../../src/protocol/toInboxPage.ts';
import { clearState } from '../../../../src/ui/needsYou/clearState.ts';
import { elsewhereCard, inboxContent } from '../../../../src/ui/needsYou/inboxItems.ts';
import { agent, ago, board, english, now, permission, request, task, workspace } from '../support/fixtures.ts';

describe('the cards of the inbox', () => {
  const contentOf = (of: Board) => inboxContent(of, now, english);
  const first = (over: Parameters<typeof request>[0]): InboxItem | undefined => contentOf(board({ requests: [request(over)] })).open[0];

  it('say who asks, since when, in which task and what, in plain text', () => {
    const item = first({ question: 'Which provider for **new accounts**?' });
    assert.deepEqual(
      [item?.who.name, item?.age, item?.where, item?.title],
      ['Claude Code', '3 min', 'Fix the login', 'Which provider for new accounts?'],
    );
    assert.equal(item?.label, 'Needs your answer: Which provider for new accounts? Claude Code asks in Fix the login, 3 min ago.');
    assert.equal(item?.context, 'request:open:question');
  });

  it('stand in the order in which the user is asked', () => {
    const of = board({
      requests: [request(), permission({}, { id: 'request0002' }), request({ id: 'request0003', agentId: 'agent000002' })],
      agents: [
        agent({ waitingFor: ['request0002'], connected: true }),
        agent({ id: 'agent000002', waitsElsewhere: { text: 'Trust?', at: ago(9) } }),
      ],
    });
    assert.deepEqual(
      contentOf(of).open.map(({ id }) => id),
      [...requestsByNeed(of).map(({ id }) => id), 'agent000002'],
    );
    assert.equal(contentOf(of).open[0]?.need, 'standsStill');
    assert.deepEqual([contentOf(of).open.at(-1)?.title, contentOf(of).open.at(-1)?.context], ['Trust?', 'elsewhere']);
  });

  it('have choices to press only if they show all of the question and of the choices', () => {
    assert.deepEqual(
      first({ choices: ['Yes', 'No'] })?.choices.map(({ value }) => value),
      ['Yes', 'No'],
    );
    for (const over of [
      { choices: ['Yes', 'No'], multiple: true },
      { choices: ['Read it from the country of the cart', 'There is a setting'] },
      { choices: ['Yes', 'No'], question: `Shall I? ${'And then? '.repeat(30)}` },
      { choices: ['Yes', 'No'], question: 'Shall I?\n\nIt deletes the folder.\n\nAll of it.' },
      { choices: ['Yes\u200b', 'Yes'] },
    ])
      assert.deepEqual(first(over)?.choices, [], JSON.stringify(over));
    assert.deepEqual(contentOf(board({ requests: [permission()] })).open[0]?.choices, []);
  });

  it('cut a text that is longer than a card may be, and then say so', () => {
    const long = first({ question: 'word '.repeat(200) })?.title ?? '';
    assert.ok(long.length <= 241 && long.endsWith('…'));
  });

  it('name the command of a permission, and whether it was denied', () => {
    const input = '{"command":"npm test\\nnpm publish","timeout":5}';
    const { open } = contentOf(board({ requests: [permission({ input, description: 'Publish it.' })] }));
    assert.deepEqual([open[0]?.title, open[0]?.context], ['Run: npm test …', 'request:open:permission']);
    assert.match(open[0]?.label ?? '', /^Needs your decision: Run: npm test …/);
    const { sent } = contentOf(board({ requests: [permission({}, { status: 'answered', answer: { decision: 'deny', at: ago(1) } })] }));
    assert.equal(sent[0]?.state, 'denied · not read yet');
  });

  it('leave out what has reached its agent, and what is over', () => {
    const statuses = ['delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const;
    const requests = statuses.map((status, index) => request({ id: `request000${index}`, status }));
    assert.deepEqual(contentOf(board({ requests })), { open: [], sent: [] });
  });

  it('say when an answer has been handed over and nothing confirms it yet', () => {
    const { sent } = contentOf(
      board({ requests: [request({ status: 'answered', handedOver: true, answer: { text: 'Yes.', at: ago(60) } })] }),
    );
    assert.equal(sent[0]?.state, 'answered · sent');
    assert.equal(sent[0]?.label, 'Answered 1 min ago, on its way to Claude Code: Deploy to staging? Task: Fix the login. Answered · sent.');
  });

  it('keep what an agent that is gone has asked, and say when it was last heard', () => {
    for (const [seconds, words] of [
      [660, /agent offline, last active 11 min ago/i],
      [300, /agent last active 5 min ago/i],
    ] as const) {
      const quiet = agent({ connected: false, lastHeardAt: ago(seconds) });
      for (const over of [{}, { status: 'answered' }] as const) {
        const { open, sent } = contentOf(board({ requests: [request(over)], agents: [quiet] }));
        const [item] = [...open, ...sent];
        for (const text of [item?.state, item?.label]) assert.match(text ?? '', words);
      }
    }
  });

  it('are of an agent that waits in its own window, after what can be answered here', () => {
    const waits = agent({ waitsElsewhere: { text: 'Bash: npm publish', at: ago(180) } });
    const of = board({ requests: [request(), request({ id: 'request0002', status: 'answered' })], agents: [waits] });
    const { open, sent } = contentOf(of);
    assert.deepEqual(
      [...open, ...sent].map(({ id }) => id),
      ['request0001', 'agent000001', 'request0002'],
    );
    assert.deepEqual([open[1]?.title, open[1]?.state, open[1]?.age], ['Bash: npm publish', 'waiting in its own window', '3 min']);
    assert.equal(open[1]?.label, 'Needs you in its own window: Bash: npm publish. Claude Code, 3 min ago.');
    const card = elsewhereCard(of, { ...waits, waitsElsewhere: { text: 'Bash: npm publish', at: ago(180) } }, (time) => time, english);
    assert.deepEqual([card.requestId, card.content], ['agent000001', { kind: 'elsewhere', text: 'Bash: npm publish' }]);
  });

  it('show hostile text as text, on one line, with nothing hidden', () => {
    const question = '\u202E[run](command:x) <img src=x>\u0007';
    const of = board({ requests: [request({ question, choices: ['a', 'b'] })], tasks: [task({ title: 'x\u2066y' })] });
    const [item] = contentOf(of).open;
    assert.equal(item?.title, '\\u202Erun (command:x) <img src=x>\\u0007');
    assert.match(item?.where ?? '', /x\\u2066y/);
  });

  it('stand without a task, an agent or words', () => {
    const bare = request({ question: ' ', createdAt: ago(5) });
    delete bare.taskId;
    delete bare.agentId;
    const [item] = contentOf(board({ requests: [bare] })).open;
    assert.deepEqual(
      [item?.title, item?.who.name, item?.where, item?.age, item?.taskId],
      ['a question without words', 'An agent', '', 'a moment', undefined],
    );
  });

  it('name the line of code that they are about, and the workspace if there are several', () => {
    const of = board({
      requests: [request({ place: { file: 'src/total.ts', line: 6 } })],
      workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })],
    });
    assert.equal(contentOf(of).open[0]?.where, 'total.ts:6 · Fix the login · web');
  });

  it('tell allowed from denied among what was sent, until the agent has it', () => {
    const answered = { status: 'answered' as const };
    const { open, sent } = contentOf(
      board({
        requests: [
          permission({}, { id: 'request0001', ...answered, answer: { decision: 'allow', at: ago(5) } }),
          permission({}, { id: 'request0002', ...answered, answer: { decision: 'deny', at: ago(5) } }),
          request({ id: 'request0003', status: 'delivered', answer: { text: 'Yes', at: ago(5) } }),
          permission({}, { id: 'request0004', ...answered, answer: { decision: 'allow', ruleIds: ['rule0000001'], at: ago(5) } }),
        ],
      }),
    );
    assert.deepEqual(open, []);
    assert.deepEqual(
      sent.map(({ id, verdict, context }) => [id, verdict, context]),
      [
        ['request0001', 'yes', 'request:answered:permission'],
        ['request0002', 'no', 'request:answered:permission'],
      ],
    );
  });
});

describe('what stands in place of cards', () => {
  const known = (over: Parameters<typeof board>[0]): Board => ({ ...board(over), cursor: { epoch: 'e', number: 1 } });
  const clear = (of: Board, kind: 'live' | 'starting' = 'live') => clearState(of, { kind }, 'VS Code', english);

  it('offers to connect an agent as long as the user has none of their own', () => {
    assert.deepEqual(clear(known({ agents: [], tasks: [] })).buttons, ['connect', 'practice', 'tour']);
    assert.deepEqual(clear(known({ agents: [agent({ name: practiceName })] })).buttons, ['connect', 'practice']);
    assert.deepEqual(clear(known({ agents: [agent()] })).buttons, []);
    assert.match(clear(known({ agents: [agent()] })).text, /^All clear/);
    assert.deepEqual(clear(known({ agents: [agent({ name: 'VS Code' })], tasks: [] })).buttons, ['connect', 'practice', 'tour']);
  });
});
