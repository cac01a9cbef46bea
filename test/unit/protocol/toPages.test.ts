import assert from 'node:assert/strict';
import { threadFrom } from '../../../src/client/thread.ts';
import { type ToKanban, toKanbanPageSchema } from '../../../src/protocol/toKanbanPage.ts';
import { type ToPage, toPanelPageSchema } from '../../../src/protocol/toPanelPage.ts';
import { panelStrings } from '../../../src/ui/panel/panelStrings.ts';
import { createRowMaker, panelHeader } from '../../../src/ui/panel/threadRows.ts';
import { createKanbanCards } from '../../../src/ui/tasks/kanbanCards.ts';
import { kanbanStrings } from '../../../src/ui/tasks/kanbanStrings.ts';
import { ago, board, english, message, now, permission, request, task } from '../ui/fixtures.ts';

const context = { board: board({ tasks: [task()] }), formatTime: (time: string) => time, now, l10n: english };
const messages = [
  message(),
  message({ id: 'message0002', sender: 'human', delivery: 'queued' }),
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
    { type: 'begin', saved, strings: panelStrings(english), language: 'en', textLimit: 1 },
    { type: 'thread', header, rows },
    { type: 'change', header, rows, removed: ['x'], news: ['y'] },
  ];
  for (const each of said) it(`of a task fits the schema: ${each.type}`, () => assert.deepEqual(toPanelPageSchema.parse(each), each));

  it('of the board fits the schema', () => {
    const { cards } = createKanbanCards(english).changes(context.board);
    const told: ToKanban[] = [
      { type: 'begin', strings: kanbanStrings(english), language: 'en', cards },
      { type: 'change', cards, removed: ['x'] },
    ];
    for (const each of told) assert.deepEqual(toKanbanPageSchema.parse(each), each);
  });

  it('is nothing else: what doesn’t belong to it is seen', () => {
    const [row] = rows;
    assert.equal(toPanelPageSchema.safeParse({ type: 'thread', header, rows: [{ ...row, html: '<b>' }] }).success, false);
    assert.equal(toPanelPageSchema.safeParse({ type: 'thread', header, rows: [{ ...row, kind: 'html' }] }).success, false);
    assert.equal(toKanbanPageSchema.safeParse({ type: 'change', cards: [], removed: [], html: '' }).success, false);
  });
});
