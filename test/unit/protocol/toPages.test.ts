import assert from 'node:assert/strict';
import { agentsWaitingElsewhere } from '../../../src/client/needs.ts';
import { threadFrom } from '../../../src/client/thread.ts';
import { type ToInbox, toInboxPageSchema } from '../../../src/protocol/toInboxPage.ts';
import { type ToKanban, toKanbanPageSchema } from '../../../src/protocol/toKanbanPage.ts';
import { type ToPage, toPanelPageSchema } from '../../../src/protocol/toPanelPage.ts';
import { cardOf } from '../../../src/ui/card/cardOf.ts';
import { createKanbanCards } from '../../../src/ui/kanban/kanbanCards.ts';
import { kanbanStrings } from '../../../src/ui/kanban/kanbanStrings.ts';
import { clearState } from '../../../src/ui/needsYou/clearState.ts';
import { elsewhereCard, inboxContent } from '../../../src/ui/needsYou/inboxItems.ts';
import { inboxStrings } from '../../../src/ui/needsYou/inboxStrings.ts';
import { panelStrings } from '../../../src/ui/panel/panelStrings.ts';
import { createRowMaker, panelHeader } from '../../../src/ui/panel/threadRows.ts';
import { agent, ago, board, english, message, now, permission, request, task } from '../ui/support/fixtures.ts';

const file = { id: 'file0000001', name: 'a.png', mimeType: 'image/png', size: 9 };
const context = { board: board({ tasks: [task()] }), formatTime: (time: string) => time, now, l10n: english };
const messages = [
  message(),
  message({ id: 'message0002', sender: 'human', delivery: 'queued', attachments: [file] }),
  message({ id: 'message0003', kind: 'status' }),
];
const place = { file: 'a.ts', line: 3, snippet: 'x' };
const requests = [
  request({ choices: ['A', 'B'], multiple: true, place }),
  permission({ cwd: '/home', partial: true }, { id: 'request0002' }),
  request({ id: 'request0003', kind: 'review', status: 'answered', answer: { decision: 'sendBack', note: 'n', at: ago(1) } }),
];

describe('what a page is told', () => {
  const thread = threadFrom({ cursor: 'e.1', task: task({ agentId: 'agent000001' }), messages, requests });
  const header = panelHeader(task(), thread, context);
  const rows = createRowMaker()(thread, context);
  const saved = { workspaceId: 'workspace01', taskId: 'task0000001', title: 'T' };
  const said: ToPage[] = [
    { type: 'begin', saved, strings: panelStrings(english), language: 'en' },
    { type: 'thread', header, rows },
    { type: 'change', header, rows, removed: ['x'], news: ['y'] },
    { type: 'file', chip: { state: 'sending', file: 'f', name: 'n', size: 2, sent: 1 } },
    { type: 'picture', attachmentId: 'file0000001', picture: { mimeType: 'image/png', width: 1, height: 1, bytes: new ArrayBuffer(1) } },
    { type: 'picture', attachmentId: 'file0000001', picture: { problem: 'p' } },
  ];
  for (const [index, each] of said.entries())
    it(`of a task fits the schema: ${each.type}, ${index}`, () => assert.deepEqual(toPanelPageSchema.parse(each), each));

  it('of the board fits the schema', () => {
    const { cards } = createKanbanCards(english).changes(context.board);
    const told: ToKanban[] = [
      { type: 'begin', strings: kanbanStrings(english), language: 'en', cards },
      { type: 'change', cards, removed: ['x'] },
    ];
    for (const each of told) assert.deepEqual(toKanbanPageSchema.parse(each), each);
  });

  it('of the inbox fits the schema', () => {
    const of = board({
      requests,
      agents: [agent(), agent({ id: 'agent000002', waitsElsewhere: { text: 'Trust?', at: ago(9) } })],
      tasks: [task()],
    });
    const { open, sent } = inboxContent(of, now, english);
    const clear = clearState(of, { kind: 'live' }, 'VS Code', english);
    const cards = [
      ...requests.map((each) => cardOf(each, { ...context, board: of })),
      ...agentsWaitingElsewhere(of).map((each) => elsewhereCard(of, each, context.formatTime, english)),
    ];
    const told: ToInbox[] = [
      { type: 'begin', strings: inboxStrings(english), language: 'en' },
      { type: 'items', items: [...open, ...sent], open: open.map(({ id }) => id), sent: sent.map(({ id }) => id), clear, trouble: clear },
      ...cards.map((card): ToInbox => ({ type: 'card', card })),
    ];
    assert.ok(open.length > 2 && sent.length > 0);
    for (const each of told) assert.deepEqual(toInboxPageSchema.parse(each), each);
  });

  it('is nothing else: what doesn’t belong to it is seen', () => {
    const [row] = rows;
    assert.equal(toPanelPageSchema.safeParse({ type: 'thread', header, rows: [{ ...row, html: '<b>' }] }).success, false);
    assert.equal(toPanelPageSchema.safeParse({ type: 'thread', header, rows: [{ ...row, kind: 'html' }] }).success, false);
    const svg = { mimeType: 'image/svg+xml', width: 1, height: 1, bytes: new ArrayBuffer(1) };
    assert.equal(toPanelPageSchema.safeParse({ type: 'picture', attachmentId: 'x', picture: svg }).success, false);
    assert.equal(toKanbanPageSchema.safeParse({ type: 'change', cards: [], removed: [], html: '' }).success, false);
  });
});
