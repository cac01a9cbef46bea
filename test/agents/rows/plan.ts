import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerDraft } from '../../../src/protocol/model.ts';
import type { Step } from '../model/script.ts';
import type { Play } from '../play.ts';
import { type DialogSession, exactly, openSession } from './dialogs/dialogSession.ts';
import { type Row, works } from './row.ts';

const plan = '# Plan\n\n1. Write the notes.\n';
const edited = '# Plan\n\n1. Write the tests.\n2. Write the notes.\n';

/** Its model proposes a plan, and the user decides on the board, in each way. As Claude Code has it. */
export const planRow: Row = async (play) => {
  const { folder } = play.stage;
  const isThere = (name: string): boolean => existsSync(join(folder, name));
  const write = (name: string): Step => ({ own: 'Write', input: { file_path: join(folder, name), content: 'notes' } });

  const manual = await propose(play, { decision: 'approve' }, [{ told: exactly('User has approved your plan.'), ...write('asked.txt') }]);
  const asked = await manual.card('permission');
  assert.equal(asked.permission?.tool, 'Write', 'it asks before each edit');
  await manual.terminal.kill();
  await manual.cleared();
  assert.ok(!isThere('asked.txt'));

  const accepting = await propose(play, { decision: 'approve', mode: 'acceptEdits' }, [
    { told: exactly('User has approved your plan.'), ...write('unasked.txt') },
    { say: 'Done.' },
  ]);
  await accepting.shows(/accept edits on/);
  await accepting.played();
  assert.ok(isThere('unasked.txt'), 'its edits are accepted');
  await accepting.terminal.kill();

  const changed = await propose(play, { decision: 'approve', plan: edited, note: 'Tests first.' }, [
    { told: exactly(`## Approved Plan (edited by user):\n${edited.trim()}`), say: 'I begin.' },
  ]);
  await changed.played();
  await changed.terminal.kill();

  const kept = await propose(play, { decision: 'sendBack', note: 'Please also “cover” tests.' }, [
    { told: exactly('Please also “cover” tests.'), say: 'I plan on.' },
  ]);
  await kept.shows(/plan mode on/);
  await kept.played();
  await kept.cleared();
  await kept.terminal.kill();

  const approvedThere = await propose(play, undefined, [{ told: exactly('User has approved your plan.'), say: 'I begin.' }]);
  await approvedThere.pressAway(/manually approve edits/, '2');
  await approvedThere.cleared();
  await approvedThere.played();
  return works;
};

/** A session in plan mode proposes its plan, and gets this answer from the board, if any. */
async function propose(play: Play, answer: AnswerDraft | undefined, after: readonly Step[]): Promise<DialogSession> {
  const session = await openSession(play, 'plan', [
    { own: 'Write', input: (told) => ({ file_path: planFile(told), content: plan }) },
    { own: 'ExitPlanMode', input: {} },
    ...after,
  ]);
  const card = await session.card('review');
  assert.deepEqual([card.dialog?.kind, card.question], ['plan', plan]);
  await session.shows(/Write the notes/);
  if (answer !== undefined) await session.answer(card, answer);
  return session;
}

/** Where it wants its plan written, which its model is told. */
function planFile(told: string): string {
  return /\/\S+\/plans\/[\w-]+\.md/.exec(told)?.[0] ?? assert.fail(`no file for the plan is named: ${told.slice(-2_000)}`);
}
