import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { commandLine } from '../../../../src/ui/notifications/commandLine.ts';
import { digestText } from '../../../../src/ui/notifications/digestText.ts';
import { english, now } from '../support/fixtures.ts';

const none = { question: 0, permission: 0, review: 0, task: 0, finished: 0, blocked: 0, message: 0 };

function text(counts: Partial<typeof none>, away = true, blockedSince?: number, agentIds: string[] = [], standing: string[] = []) {
  const summary = { counts: { ...none, ...counts }, agentIds, standing, blockedSince };
  return digestText(summary, { away, now, nameOf: (id) => `Agent ${id.charAt(0)}` }, english);
}

describe('digestText', () => {
  it('says how much there is of what, and for how long it has been blocked', () => {
    assert.equal(text({ finished: 3, blocked: 1 }, true, now - 22 * 60_000), 'While you were away: 3 finished, 1 blocked for 22 min.');
    assert.equal(
      text({ question: 1, permission: 1, review: 1, task: 1, finished: 1, blocked: 1, message: 1 }, false),
      'From your agents: 1 question, 1 permission, 1 review, 1 task for you, 1 finished, 1 blocked, 1 task with messages.',
    );
    assert.equal(
      text({ question: 2, permission: 2, review: 2, task: 2, blocked: 2, message: 2 }, false, now - 3_600_000),
      'From your agents: 2 questions, 2 permissions, 2 reviews, 2 tasks for you, 2 blocked, the longest for 1 h, 2 tasks with messages.',
    );
  });

  it('names who, and who stands still', () => {
    const told = (agentIds: string[], standing: string[]) => text({ question: 2 }, false, undefined, agentIds, standing);
    assert.equal(told(['A'], []), 'From Agent A: 2 questions.');
    assert.equal(told(['A', 'B'], ['B']), 'From Agent A and Agent B: 2 questions. Agent B is blocked on you.');
    assert.equal(
      told(['A', 'B', 'C'], ['A', 'B']),
      'From Agent A, Agent B and Agent C: 2 questions. Agent A and Agent B are blocked on you.',
    );
    assert.equal(told(['A', 'B', 'C', 'D'], []), 'From Agent A, Agent B and 2 others: 2 questions.');
    assert.equal(told(['A1', 'A2', 'B'], ['A1', 'A2']), 'From Agent A and Agent B: 2 questions. Agent A is blocked on you.');
  });

  it('does not count the seconds of what has just come about', () => {
    assert.equal(text({ blocked: 1 }, false, now - 30_000), 'From your agents: 1 blocked.');
  });

  it('says nothing of nothing', () => {
    assert.equal(text({}), undefined);
  });
});

describe('commandLine', () => {
  const values = { kind: 'question', title: 'AgentRQ', text: 'Which?', agent: 'Codex', workspace: 'web' };

  it('puts values in the place of arguments that are placeholders and nothing else', () => {
    assert.deepEqual(commandLine(['say', '${text}', 'x${text}', '${nothing}', '${constructor}', '${text} '], values), [
      'say',
      'Which?',
      'x${text}',
      '${nothing}',
      '${constructor}',
      '${text} ',
    ]);
  });

  it('never replaces the program', () => {
    assert.deepEqual(commandLine(['${text}', '${agent}'], values), ['${text}', 'Codex']);
  });

  it('keeps the number of arguments, and lets no value begin like an option, whatever an agent writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('--exec=rm', '-x', '/c', '@file', '"; rm -rf /', '$(rm)', 'a\nb')), (evil) => {
        const line = commandLine(['notify', '${text}', '${agent}'], { ...values, text: evil, agent: evil });
        assert.equal(line.length, 3);
        for (const argument of line.slice(1)) {
          assert.equal(argument.trim(), evil.trim());
          assert.doesNotMatch(argument, /^[-/@]/);
        }
      }),
    );
  });
});
