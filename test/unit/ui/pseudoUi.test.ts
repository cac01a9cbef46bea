import assert from 'node:assert/strict';
import { agentRows } from '../../../src/ui/agentsView/agentRows.ts';
import { inboxContent } from '../../../src/ui/needsYou/inboxItems.ts';
import { arrangeTasks } from '../../../src/ui/tasks/arrangeTasks.ts';
import { createTaskRows } from '../../../src/ui/tasks/taskRows.ts';
import { plainTaskView } from '../../../src/ui/tasks/taskView.ts';
import type { L10n } from '../../../src/ui/text/l10n.ts';
import { needText } from '../../../src/ui/text/needText.ts';
import type { Row } from '../../../src/ui/tree/row.ts';
import { pseudo } from '../../guards/checkTranslations.ts';
import { agent, ago, board, english, now, permission, request, task, workspace } from './support/fixtures.ts';

// Everything of the board is in letters of another alphabet here, so that a Latin letter is one of a text that nobody can translate.

const strange: L10n = { t: (text, ...args) => english.t(pseudo(text), ...args) };
const content = board({
  workspaces: [workspace({ name: '商店' }), workspace({ id: 'workspace02', name: '接口' })],
  agents: [
    agent({ name: '智能体', version: '1', waitingFor: ['request0001'] }),
    agent({ id: 'agent000002', name: '甲', version: '2', connected: false, lastHeardAt: ago(90_000) }),
    agent({ id: 'agent000003', name: '乙', version: '3', waitsElsewhere: { text: '等待', at: ago(7_200) } }),
    agent({ id: 'agent000004', name: '', version: '4' }),
  ],
  tasks: (['ongoing', 'blocked', 'notstarted', 'completed', 'rejected', 'cron'] as const).map((status, index) =>
    task({ id: `task000000${index}`, status, title: index === 1 ? '' : '任务', body: '' }),
  ),
  requests: [
    request({ question: '继续？', choices: ['是', '否'] }),
    request({ id: 'request0002', question: '', agentId: 'agent000002', taskId: 'task0000002' }),
    permission({ tool: '工具', input: '' }, { id: 'request0003', question: '工具' }),
    request({ id: 'request0004', question: '好？', status: 'answered', answer: { at: ago(5), text: '好' } }),
    request({ id: 'request0005', question: '好？', status: 'answered', handedOver: true, answer: { at: ago(5), decision: 'deny' } }),
  ],
});

function texts({ label, description, tooltip, accessibilityLabel, children = [] }: Row): string[] {
  return [label, description ?? '', tooltip ?? '', accessibilityLabel, ...children.flatMap(texts)];
}

describe('the views in another language', () => {
  const views: [string, () => string[]][] = [
    [
      'Needs You',
      () => {
        const { open, sent } = inboxContent(content, now, strange);
        return [...open, ...sent].flatMap(({ who, age, where, title, needWords, state, label }) => [
          who.name,
          age,
          where,
          title,
          needWords,
          state,
          label,
        ]);
      },
    ],
    ['Tasks', () => createTaskRows(strange)(content, arrangeTasks(content, plainTaskView, strange), 'status', () => 1).flatMap(texts)],
    ['Agents', () => agentRows(content, now, strange).flatMap(texts)],
    ['the badge', () => [needText(content, strange), needText(board({ requests: [], agents: [] }), strange)]],
  ];
  for (const [name, read] of views) {
    it(`leave nothing in English: ${name}`, () => {
      const shown = read();
      assert.ok(shown.some((text) => text.includes('⟦')));
      for (const text of shown) assert.doesNotMatch(text, /[A-Za-z]/, text);
    });
  }
});
