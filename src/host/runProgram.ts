import { spawn } from 'node:child_process';
import { homedir } from 'node:os';

const limitMs = 10_000;

/**
 * Runs a program without a shell, so that no argument is interpreted, and waits for its end. Rejects if it can't be started, exits with
 * another code than 0, or takes longer than ten seconds; then it is killed.
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
