import assert from 'node:assert/strict';
import markdownIt from 'markdown-it';
import type { Board } from '../../../src/client/board.ts';
import { threadFrom } from '../../../src/client/thread.ts';
import type { Card } from '../../../src/protocol/card.ts';
import type { Message, Request, Task } from '../../../src/protocol/model.ts';
import { agentRows } from '../../../src/ui/agentsView/agentRows.ts';
import { cardOf } from '../../../src/ui/card/cardOf.ts';
import { answerText, asker, questionText, threadLabel } from '../../../src/ui/code/threadText.ts';
import { createDecisions } from '../../../src/ui/decisions/decisions.ts';
import { decisionMarkdown } from '../../../src/ui/decisions/decisionText.ts';
import { renderTask } from '../../../src/ui/documents/renderTask.ts';
import { createKanbanCards } from '../../../src/ui/kanban/kanbanCards.ts';
import { inboxContent, onlyContent } from '../../../src/ui/needsYou/inboxItems.ts';
import type { NotificationEvent } from '../../../src/ui/notifications/core/event.ts';
import { toastOf } from '../../../src/ui/notifications/toastOf.ts';
import { createRowMaker, panelHeader } from '../../../src/ui/panel/threadRows.ts';
import { statusBarModel } from '../../../src/ui/statusBar/statusBarModel.ts';
import { catchUp } from '../../../src/ui/tasks/catchUp.ts';
import { withoutIcons, withoutLinks } from '../../../src/ui/text/plainText.ts';
import type { Row } from '../../../src/ui/tree/row.ts';
import { asItIs } from '../../../src/util/sentence.ts';
import { FakeBoardStore } from './support/fakeBoardStore.ts';
import { FakeHubApi } from './support/fakeHubApi.ts';
import { FakePages } from './support/fakePages.ts';
import { FakePrompts, type Shown } from './support/fakePrompts.ts';
import { agent, ago, board, english, message, now, request, task, workspace, workspaceId } from './support/fixtures.ts';
import { testAnswers } from './support/testAnswers.ts';
import { tasksRig } from './tasks/tasksRig.ts';

// Everything that an agent may name or write, in every place where it is shown: as text, with nothing hidden and nothing that does
// anything. What the editor makes of it is looked at in the workbench.

const hostile: Readonly<Record<string, string>> = {
  'right-to-left override': 'rm \u202Egnp.exe\u202C x',
  'bidi isolates': 'a\u2066b\u2069c',
  'Arabic letter mark': 'a\u061Cb',
  'zero width': 'pay\u200Bl\u200Co\u200Dad\uFEFF',
  'soft hyphen': 'al\u00ADlow',
  'tag characters': 'x\u{E0041}\u{E007F}y',
  'variation selectors': 'a\uFE0Eb\u{E0100}c',
  'blank letters': 'a\u3164b\u2800c',
  'C0 controls': 'a\u0000b\u0007c\u0008d',
  'C1 controls': 'a\u009B31mb\u0085c',
  'ANSI colours': '\u001B[31mred\u001B[0m',
  'a terminal link': '\u001B]8;;https://evil.example\u0007x\u001B]8;;\u0007',
  'line separators': 'a\u2028b\u2029c',
  'a carriage return': 'safe\revil',
  'a lone surrogate': 'a\uD800b',
  'a command link': '[Allow](command:workbench.action.quit "x")',
  'an editor link': '[x](vscode://evil.example/run) <vscode:run>',
  'a script link': '[x](javascript:alert(1))',
  'an image': '![x](https://evil.example/a.png)',
  'a reference': '[x]: https://evil.example\n[x]',
  'an address': 'https://evil.example/?q=secret',
  HTML: '<img src=x onerror=alert(1)><script>alert(2)</script><a href="https://evil.example">x</a>',
  SVG: '<svg/onload=alert(1)><math><mtext><table><mglyph><style><img src=x>',
  entities: '&lt;img src=x&gt; &#8238;x',
  icons: '$(check) Allowed $(loading~spin)',
  'a heading': '# You\n\n**approved**\n\n---\n### You · 12:00\n\n    yes',
  'a fence': '```\n</code></pre>\n~~~\n\n![x](https://evil.example)',
  separators: 'x · allowed by you · just now',
};

/** What the eye can't see, by another telling than that of the code. Emoji and their glue are not among the above. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;

/** A board in which every text is this one. */
interface World {
  board: Board;
  task: Task;
  messages: Message[];
  requests: { question: Request; permission: Request; review: Request; answered: Request; denied: Request };
}

function world(text: string): World {
  const place = { file: text, line: 3, snippet: text };
  const attachments = [{ id: 'file0000001', name: text, mimeType: text, size: 3 }];
  const common = { taskId: 'task0000001', question: text };
  const answer = { at: ago(5) };
  const wants = { tool: text, input: JSON.stringify({ command: text, [text]: text }), description: text, cwd: text };
  const requests = {
    question: request({ ...common, id: 'request0001', choices: [text, 'No'], place }),
    permission: request({ ...common, id: 'request0002', kind: 'permission', permission: wants }),
    review: request({ ...common, id: 'request0003', kind: 'review', place }),
    answered: request({
      ...common,
      id: 'request0004',
      choices: [text],
      place,
      status: 'answered',
      answer: { ...answer, choices: [text], text, note: text, attachments },
    }),
    denied: request({
      ...common,
      id: 'request0005',
      kind: 'permission',
      permission: { tool: text, input: text },
      status: 'answered',
      answer: { ...answer, decision: 'deny', note: text },
    }),
  };
  const own = task({ title: text, body: text, agentId: 'agent000001', attachments });
  return {
    task: own,
    messages: [
      message({ text }),
      message({ id: 'message0002', kind: 'status', text }),
      message({ id: 'message0003', sender: 'human', text }),
    ],
    requests,
    board: board({
      workspaces: [workspace({ name: text }), workspace({ id: 'workspace02', name: text })],
      tasks: [own, task({ id: 'task0000002', title: text, status: 'completed' })],
      agents: [
        agent({ name: text, version: text, waitingFor: ['request0001'] }),
        agent({ id: 'agent000002', title: text, connected: false }),
        agent({ id: 'agent000003', name: text, waitsElsewhere: { text, at: ago(5) } }),
      ],
      requests: Object.values(requests),
    }),
  };
}

const rowTexts = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ label, description = '', tooltip = '', accessibilityLabel, needs, children = [] }) => [
    label,
    description,
    tooltip,
    accessibilityLabel,
    needs?.words ?? '',
    ...rowTexts(children),
  ]);

/** Every text in something, whatever its form. */
function texts(of: unknown): string[] {
  if (typeof of === 'string') return [of];
  return typeof of === 'object' && of !== null ? Object.values(of).flatMap(texts) : [];
}

/** What of a card is shown: of a choice its label, since what is sent back is the choice as it is. */
function shownOf({ content, ...card }: Card): unknown {
  return { ...card, content: content.kind === 'question' ? { ...content, choices: content.choices.map(({ label }) => label) } : content };
}

const formatTime = (time: string): string => time.slice(11, 16);

function toasts({ board: of, task: { id: taskId }, requests, messages: [said, moved] }: World): string[] {
  const common = { workspaceId, taskId, agentId: 'agent000001', agent: 'x' };
  const events: Omit<NotificationEvent, 'id'>[] = [
    ...Object.values(requests).map((each) => ({ ...common, kind: each.kind, source: { kind: 'request', request: each } as const })),
    { ...common, kind: 'message', source: { kind: 'message', message: said ?? message() } },
    { ...common, kind: 'finished', source: { kind: 'status', message: moved ?? message() } },
    { ...common, kind: 'blocked', source: { kind: 'status', message: moved ?? message() } },
    { ...common, kind: 'question', source: { kind: 'agent', agentId: 'agent000003', at: ago(5) } },
  ];
  return events.flatMap((event) => {
    const toast = toastOf({ id: 'e', ...event }, [], { board: of, ownWorkspaces: ['another'], l10n: english });
    return toast === undefined ? [] : [toast.text, ...toast.buttons.map(({ label }) => label)];
  });
}

/** The prompts about each request. */
async function prompts({ board: of, requests }: World): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const { id } of Object.values(requests).slice(0, 3)) {
    const person = new FakePrompts();
    await testAnswers({ board: new FakeBoardStore(of), api: new FakeHubApi({}), prompts: person }).ask(id);
    shown.push(...person.shown);
  }
  return shown;
}

/** What the editor is handed. */
function promptTexts(shown: Shown): string[] {
  if (shown.kind === 'pick') {
    const items = shown.items.flatMap(({ label, description = '', detail = '' }) => [label, description, detail]);
    return [...items.map(withoutIcons), shown.options.title, shown.options.placeholder];
  }
  if (shown.kind === 'input') return [shown.options.title, withoutLinks(shown.options.prompt), shown.options.placeholder ?? ''];
  return 'text' in shown ? [shown.text] : [shown.title, shown.detail];
}

async function decisionLog({ board: of, requests, task: { title } }: World): Promise<string[]> {
  const log = [requests.answered, requests.denied].map((each) => ({ request: each, taskTitle: title, agentName: title }));
  const person = new FakePrompts({ search: '' });
  const decisions = createDecisions({
    board: new FakeBoardStore(of),
    api: new FakeHubApi({ listDecisions: () => ({ decisions: log }) }),
    prompts: person,
    pages: new FakePages(),
    workspaceIds: () => [workspaceId],
    copy: async () => {},
    readFile: async () => undefined,
    saveFile: async () => false,
    progress: (_, run) => run(() => {}, new AbortController().signal),
    now: () => now,
    formatTime,
    l10n: english,
  });
  await decisions.show();
  return person.shown.flatMap(promptTexts);
}

/** What makes the text of each place where something of agents is shown as it is. */
const surfaces: Readonly<Record<string, (of: World) => string[] | Promise<string[]>>> = {
  toasts: (of) => toasts(of).map(withoutLinks),
  'Needs You': ({ board: of }) => {
    const { open, sent } = inboxContent(of, now, english);
    // What is sent back is the choice as it is; what is shown for it is its label.
    return texts([...open, ...sent].map(({ choices, ...item }) => ({ ...item, choices: choices.map(({ label }) => label) })));
  },
  'the page of a request': ({ board: of, requests }) =>
    Object.values(requests).flatMap((each) => {
      const { open, sent } = onlyContent(of, each, now, english);
      const items = [...open, ...sent].map(({ choices, ...item }) => ({ ...item, choices: choices.map(({ label }) => label) }));
      return texts([items, shownOf(cardOf(each, { board: of, formatTime, now, l10n: english }))]);
    }),
  Tasks: (of) => rowTexts(tasksRig(of.board).list.rows()),
  Agents: (of) => rowTexts(agentRows(of.board, now, english)),
  'the status bar': ({ board: of }) => texts(statusBarModel({ board: of, link: { kind: 'live' }, now, l10n: english })),
  'a hub that is not running': ({ board: of, task: { title } }) =>
    texts(statusBarModel({ board: of, link: { kind: 'failed', reason: asItIs(title) }, now, l10n: english })),
  prompts: async (of) => (await prompts(of)).flatMap(promptTexts),
  'the panel': (of) => {
    const thread = threadFrom({ cursor: 'e.1', task: of.task, messages: of.messages, requests: Object.values(of.requests) });
    const context = { board: of.board, formatTime, now, l10n: english };
    // What is sent back is the choice as it is; what is shown for it is its label.
    const rows = createRowMaker()(thread, context).map(({ card, ...row }) => ({ ...row, card: card && shownOf(card) }));
    return texts([rows, panelHeader(of.task, thread, context)]);
  },
  'the Kanban board': ({ board: of }) => texts(createKanbanCards(english).changes(of).cards),
  'a thread of comments': ({ board: of, requests: { question, review, answered } }) => [
    ...[question, review].flatMap((each) => [threadLabel(of, each, false, english), questionText(each, english), asker(of, each, english)]),
    answerText(answered.answer ?? { at: '' }, english),
  ],
  'the log of decisions': decisionLog,
  'the card to catch up': (of) => texts(catchUp(of.board, of, now, english)),
};

/** The same for Markdown, of which the editor may show a preview. */
const pages: Readonly<Record<string, (of: World) => string>> = {
  'a task as text': (of) => {
    const thread = { cursor: 'e.1', task: of.task, messages: of.messages, requests: Object.values(of.requests) };
    return renderTask(thread, { board: of.board, formatTime, l10n: english });
  },
  'a decision that is copied': ({ requests, task: { title } }) =>
    Object.values(requests)
      .map((each) => decisionMarkdown({ request: each, taskTitle: title, agentName: title }, { formatTime, l10n: english }))
      .join('\n\n'),
};

describe('hostile text', () => {
  for (const [surface, make] of Object.entries(surfaces)) {
    describe(`in ${surface}`, () => {
      for (const [name, text] of Object.entries(hostile)) {
        it(`shows ${name} as text, and hides nothing`, async () => {
          const shown = await make(world(text));
          assert.ok(shown.length > 1);
          for (const each of shown) assert.doesNotMatch(each.replace(/[\n\t]/g, ''), hidden, each);
          const all = shown.join('\n');
          for (const character of text.match(new RegExp(hidden, 'gu')) ?? []) {
            // White space of any kind is one blank where there is one line.
            if (/\s|[\u0085\u2028\u2029]/.test(character)) continue;
            const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
            assert.ok(all.includes(`\\u${code.padStart(4, '0')}`) || all.includes(`\\u{${code}}`), `${code} is shown in:\n${all}`);
          }
        });
      }
    });
  }

  it('is no link in a toast or a prompt, and no icon in a list', async () => {
    for (const text of Object.values(hostile)) {
      for (const each of toasts(world(text)).map(withoutLinks)) assert.ok(!each.includes(']('), each);
      for (const shown of await prompts(world(text))) {
        for (const { label } of shown.kind === 'pick' ? shown.items : []) assert.doesNotMatch(withoutIcons(label), /(?<!\\)\$\(/);
      }
    }
  });

  for (const [page, make] of Object.entries(pages)) {
    for (const [name, text] of Object.entries(hostile)) {
      it(`is nothing but text in ${page}: ${name}`, () => {
        const source = make(world(text));
        assert.doesNotMatch(source.replace(/[\n\t]/g, ''), hidden);
        const shown = markdownIt({ html: true, linkify: false }).render(source);
        const tags = new Set([...shown.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
        for (const tag of tags) assert.match(String(tag), /^\/?(?:h[1-3]|p|pre|code|ul|li|hr|br)$/, shown);
      });
    }
  }

  it('does not push what matters out of what is shown: sixty kilobytes of nothing have an end', () => {
    const command = `npm test${' '.repeat(30_000)}${'\n'.repeat(30_000)}; rm -rf ~ theend`;
    const of = world('x');
    const asked = { ...of.requests.permission, permission: { tool: 'Bash', input: JSON.stringify({ command }) } };
    const asText = { cursor: 'e.1', task: of.task, messages: [], requests: [asked] };
    const [row] = createRowMaker()(threadFrom(asText), {
      board: of.board,
      formatTime,
      now,
      l10n: english,
    }).slice(-1);
    for (const shown of [texts(row?.card).join('\n'), renderTask(asText, { board: of.board, formatTime, l10n: english })]) {
      assert.match(shown, /lines: 30001, characters: 60025/);
      assert.match(shown, /; rm -rf ~ theend/);
    }
    const toast = toastOf(
      {
        id: 'e',
        kind: 'permission',
        workspaceId,
        agent: 'x',
        source: { kind: 'request', request: asked },
      },
      [],
      { board: of.board, ownWorkspaces: [], l10n: english },
    );
    assert.deepEqual(
      toast?.buttons.map(({ label }) => label),
      ['Review…'],
    );
  });
});
