import assert from 'node:assert/strict';
import { type Row, works } from './row.ts';

/** Its model proposes a plan, and the user allows it on the board. As Claude Code has it. */
export const plan: Row = async ({ runUnless, user, stage: { api } }) => {
  let answered = 0;
  // The verdict has long gone to the agent, and its model was told nothing.
  const isStuck = async (): Promise<boolean> => {
    const { requests } = await api.call('getBoard', {});
    const isDecided = requests.some(({ kind, status }) => kind === 'permission' && status !== 'open');
    if (isDecided && answered === 0) answered = performance.now();
    return isDecided && performance.now() - answered > stuckMs;
  };
  const wasPlayed = await runUnless(isStuck, [
    { own: 'Write', input: (told) => ({ file_path: planFile(told), content: '# Plan\n\n1. Write the notes.\n' }) },
    { first: () => user.answersNext('permission', { decision: 'allow' }), own: 'ExitPlanMode', input: {} },
    { told: /approved your plan/, say: 'I begin.' },
  ]);
  return wasPlayed ? works : { kind: 'no', reason: 'Allowed on the board, it goes on waiting in its own dialog.' };
};

const stuckMs = 8_000;

/** Where it wants its plan written, which its model is told. */
function planFile(told: string): string {
  return /\/\S+\/plans\/[\w-]+\.md/.exec(told)?.[0] ?? assert.fail(`no file for the plan is named: ${told.slice(-2_000)}`);
}
