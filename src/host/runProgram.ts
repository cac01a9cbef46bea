import { spawn } from 'node:child_process';
import { homedir } from 'node:os';

const limitMs = 10_000;

/**
 * Runs a program with its arguments and waits for its end: without a shell, so that no argument is read as anything else. Fails if it
 * can't be started, doesn't end with 0, or takes longer than ten seconds; then it is ended.
 */
export function runProgram([program = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { shell: false, cwd: homedir(), stdio: 'ignore', windowsHide: true, timeout: limitMs });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(signal === null ? `${program} ended with ${code}` : `${program} was ended by ${signal}`));
    });
  });
}
