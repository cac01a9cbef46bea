import assert from 'node:assert/strict';
import fc from 'fast-check';
import { taskStatuses } from '../../../../src/protocol/model.ts';
import { agentRows } from '../../../../src/ui/agentsView/agentRows.ts';
import { inboxContent } from '../../../../src/ui/needsYou/inboxItems.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { agent, ago, board, english, now, permission, request, task, workspace } from '../support/fixtures.ts';
import { tasksRig } from './tasksRig.ts';

const words = fc.oneof(fc.string(), fc.constantFrom('', ' ', 'Fix the login', 'a\u202Eb', '`x` $(icon) [y](z)', 'x'.repeat(300)));

const tasks = fc.array(
  fc.record({
    title: words,
    status: fc.constantFrom(...taskStatuses),
    assignee: fc.constantFrom('human', 'agent'),
    who: fc.nat(2),
    asks: fc.nat(4),
    question: words,
  }),
  { maxLength: 8 },
);
const agents = fc.array(fc.record({ name: words, connected: fc.boolean(), elsewhere: fc.option(words), waits: fc.boolean() }), {
  maxLength: 3,
});
const boards = fc.record({ tasks, agents, two: fc.boolean() }).map((of) =>
  board({
    workspaces: [workspace(), ...(of.two ? [workspace({ id: 'workspace02', name: 'shop' })] : [])],
    tasks: of.tasks.map(({ title, status, assignee, who }, index) =>
      task({ id: `task000000${index}`, title, status, assignee, agentId: `agent00000${who}` }),
    ),
    agents: of.agents.map(({ name, connected, elsewhere, waits }, index) =>
      agent({
        id: `agent00000${index}`,
        name,
        connected,
        ...(waits && { waitingFor: ['request0000'] }),
        ...(elsewhere !== null && { waitsElsewhere: { text: elsewhere, at: ago(60) } }),
      }),
    ),
    requests: of.tasks.flatMap(({ asks, question, who }, index) => {
      const common = { id: `request000${index}`, taskId: `task000000${index}`, agentId: `agent00000${who}` };
      if (asks === 1) return [request({ ...common, question })];
      if (asks === 2) return [permission({ input: question }, common)];
      if (asks === 3) return [request({ ...common, status: 'answered', answer: { text: 'Yes.', at: ago(5) } })];
      return [];
    }),
  }),
);

function withChildren(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...withChildren(row.children ?? [])]);
}

describe('what a screen reader says', () => {
  it('is whole sentences, of every row and card of every view, and nothing hidden is in them', () => {
    fc.assert(
      fc.property(boards, fc.constantFrom('status', 'agent', 'workspace'), (content, group) => {
        const rig = tasksRig(content);
        void rig.list.setView({ group });
        const needs = inboxContent(content, now, english);
        for (const { id, accessibilityLabel: label } of [
          ...withChildren(rig.list.rows()),
          ...agentRows(content, now, english),
          ...[needs.open, needs.sent].flat().map((item) => ({ id: item.id, accessibilityLabel: item.label })),
        ]) {
          assert.match(label, /^\S.*[.!?…]$/u, id);
          assert.match(label, /\S \S/u, id);
          assert.doesNotMatch(label, /\p{Cf}|\{\d\}|undefined|\s{2}/u, id);
        }
      }),
    );
  });

  it('begins with the need', () => {
    const rig = tasksRig(board({ requests: [request()] }));
    assert.equal(
      rig.list.rows()[0]?.children?.[0]?.accessibilityLabel,
      'Needs your answer: Deploy to staging? Task Fix the login, Ongoing.',
    );
  });
});
