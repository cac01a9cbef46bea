import { spawn } from 'node:child_process';
import { waitFor } from '../support/waitFor.ts';
import type { CommandLine, Dialog } from './agents/agentProgram.ts';
import type { Stage } from './stage.ts';
import { answerDialogs, openTerminal } from './terminal.ts';

/** How long an agent may take for one thing to do. */
export const runMs = 180_000;

/** Runs it in the project, with nothing on its stdin, until it ends. How that was, for an error message. */
export function runProgram(line: CommandLine, { folder, env }: Stage): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...env, ...line.env }, detached: true } as const;
    const child = spawn(line.command, line.args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), runMs);
    const finish = (ended: string): void => {
      clearTimeout(timer);
      resolve(`${ended}; its output ends with: ${output.slice(-1_000)}`);
    };
    child.once('error', (error) => finish(`could not be started (${error.message})`));
    // Daemons that it leaves behind may hold its output, so nobody waits for that to close.
    child.once('exit', (code, signal) => finish(signal === null ? `ended with ${code}` : `was stopped after ${runMs / 1_000} s`));
  });
}

/**
 * Runs it in a terminal until its model has nothing left to do, or it is stuck. What was on the screen then, for an error message.
 * @param onDialog hears of each dialog that was answered
 */
export async function runInTerminal(
  line: CommandLine,
  play: { dialogs: readonly Dialog[]; onDialog: (dialog: Dialog) => void; isStuck: () => Promise<boolean>; stage: Stage },
): Promise<string> {
  const { onDialog, isStuck, stage } = play;
  const terminal = await openTerminal(line, stage);
  const answer = answerDialogs(terminal, play.dialogs, onDialog);
  let screen = '';
  const isOver = async (): Promise<boolean> => {
    screen = await answer();
    return stage.model.isIdle() || (await isStuck());
  };
  await waitFor('the model to have nothing left to do', isOver, runMs).catch(() => {});
  return `shows: ${screen.trimEnd()}`;
}
