import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import type { Log } from './host.ts';

export interface Step {
  /** What the step does, for the progress lines and the error: "install Chromium". */
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What to do when it fails, as a sentence. */
  readonly hint?: string;
}

/** Runs one command, says how long it took, and throws with the end of its output when it fails. */
export async function runStep(step: Step, log: Log): Promise<void> {
  log(`${step.what} …`);
  const startedAt = performance.now();
  const { ended, output } = await outputOf(step);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (ended === undefined) return log(`${step.what}: done in ${seconds} s`);
  const command = [step.command, ...step.args].join(' ');
  const hint = step.hint === undefined ? '' : ` ${step.hint}`;
  const lastLines = `Its last lines:\n${tail(output)}`;
  throw new Error(`Could not ${step.what}: \`${command}\` ${ended} after ${seconds} s.${hint} ${lastLines}`);
}

/** The last lines of a program's output, indented for an error message. */
export function tail(output: string, lines = 25): string {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join('\n');
}

/**
 * The environment for a child: this very Node is first on its PATH, so that npm and what it builds use it, and nothing
 * of an `npm run` around us is left that would point a nested npm to the outer package.
 */
export function childEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^npm_(package|lifecycle|command|config_local_prefix|config_prefix)/.test(name)) {
      env[name] = value;
    }
  }
  return { ...env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`, ...extra };
}

/** `ended` is undefined for success, else how it ended: "ended with code 1". */
function outputOf(step: Step): Promise<{ ended: string | undefined; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    // A group of its own, so that a step that hangs is ended with all of its children.
    const child = spawn(step.command, step.args, {
      cwd: step.cwd,
      env: childEnv(step.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, step.timeoutMs);
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const finish = (ended: string | undefined): void => {
      clearTimeout(timer);
      resolve({ ended, output });
    };
    child.once('error', (error) => finish(`could not start (${error.message})`));
    child.once('close', (code, signal) => {
      if (timedOut) finish(`was stopped at its limit of ${step.timeoutMs / 1000} s`);
      else finish(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`);
    });
  });
}
