import assert from 'node:assert/strict';
import { createRefusals } from '../../../../src/hub/http/refusals.ts';
import { logHappenings } from '../../../../src/hub/log/happenings.ts';
import { answerRequest } from '../../../../src/hub/service/answers.ts';
import { markFlying, markSent, proveDeliveries, unread } from '../../../../src/hub/service/deliveries.ts';
import { replyAsUser } from '../../../../src/hub/service/messages.ts';
import { askQuestion } from '../../../../src/hub/service/questions.ts';
import { takeStep } from '../../../../src/hub/service/requestState.ts';
import { createTask, takeTask } from '../../../../src/hub/service/tasks.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { startTestService } from '../../../support/testService.ts';

function recorder() {
  const written: string[] = [];
  return { written, log: createLogger((level, line) => written.push(`${level} ${line}`)) };
}

describe('the log of the hub', () => {
  it('says who has connected, asked, was answered and told, and never what was said', () => {
    const { written, log } = recorder();
    const { context, agents, clock, workspaceId } = startTestService();
    logHappenings({ events: context.log, presence: context.presence, agents: context.store.agents, clock, log });
    const caller = { agent: agents.heard(workspaceId, { name: 'codex' }), connectionId: 'session:1' };
    const leave = agents.present(caller);
    const task = createTask(context, { workspaceId, title: 'Secret title', body: '', assignee: 'agent', createdBy: 'human' });
    takeTask(context, caller, task.id);
    const asked = askQuestion(context, caller, { kind: 'question', question: 'Secret question?' });
    answerRequest(context, workspaceId, asked.id, { text: 'Secret answer' });
    const { message } = replyAsUser(context, { workspaceId, taskId: task.id, text: 'Secret reply' });
    clock.advance(2_500);
    const delivery = { caller, requestIds: unread(context, caller).answers.map(({ id }) => id), messageIds: [message.id] };
    markFlying(context, delivery);
    markSent(context, delivery);
    proveDeliveries(context, caller);
    const other = askQuestion(context, caller, { kind: 'question', question: 'Secret, too?' });
    takeStep(context, other, 'withdraw');
    leave();
    clock.advance(60_000);
    assert.deepEqual(written, [
      'info codex is connected',
      `info codex waits for the user: question ${asked.id}`,
      `info the user has answered question ${asked.id}`,
      `info the answer to question ${asked.id} is handed over to codex`,
      `info the answer to question ${asked.id} is delivered to codex after 2.5 s`,
      `info a message of the user in task ${task.id} is delivered`,
      `info codex waits for the user: question ${other.id}`,
      `info codex has taken question ${other.id} back`,
      'info codex is gone',
    ]);
  });

  it('names an address that is refused once, and then each time the number has doubled', () => {
    const { written, log } = recorder();
    const note = createRefusals({ log, clock: createFakeClock(), tell: () => {} });
    for (let times = 0; times < 5; times += 1) note('unauthorized', 'POST /mcp/workspace01');
    note('wrong_workspace', 'POST /mcp/workspace01');
    note('task_not_found', 'GET /tasks');
    assert.deepEqual(written, [
      'warn refused POST /mcp/workspace01: unauthorized',
      'warn refused POST /mcp/workspace01: unauthorized (2 times)',
      'warn refused POST /mcp/workspace01: unauthorized (4 times)',
      'warn refused POST /mcp/workspace01: wrong_workspace',
    ]);
  });

  it('has windows told of what is refused several times, with its number and no more, and not of each time', () => {
    const clock = createFakeClock();
    const told: unknown[] = [];
    const note = createRefusals({ log: recorder().log, clock, tell: (refused) => void told.push(refused) });
    for (let times = 0; times < 2; times += 1) note('unauthorized', 'POST /mcp/workspace01');
    for (let times = 0; times < 9; times += 1) note('unauthorized', 'GET /api/v1/board');
    for (let times = 0; times < 9; times += 1) note('forbidden_host', 'POST /mcp/workspace01');
    assert.deepEqual(told, [], 'once or twice is a slip, and neither a window nor a web page is an agent');
    for (let times = 0; times < 9; times += 1) note('unauthorized', 'POST /mcp/workspace01');
    assert.deepEqual(told, [{ count: 3, at: '2026-01-01T00:00:00.000Z' }]);
    clock.advance(60_000);
    note('unauthorized', 'POST /mcp/workspace01');
    assert.deepEqual(told.slice(1), [{ count: 12, at: '2026-01-01T00:01:00.000Z' }]);
  });
});
