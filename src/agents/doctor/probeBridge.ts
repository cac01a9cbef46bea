import { spawn } from 'node:child_process';
import { readLines } from '../bridge/lines.ts';
import type { EntryReach } from './entryReach.ts';
import type { Introduce, ProbeAnswer, ProbeOptions, ProbeResult } from './probeTypes.ts';
import { readAnswer } from './readAnswer.ts';

/** Starts the program of the entry, as the agent would, and speaks to it over its stdin and stdout. No shell is involved. */
export async function probeBridge(
  { command, args, env }: Extract<EntryReach, { kind: 'stdio' }>,
  { cwd, signal }: ProbeOptions,
  introduce: Introduce,
): Promise<ProbeResult> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, signal });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2_000)));
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  const ended = new Promise<ProbeAnswer>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'unreachable', reason: `${command} can’t be started (${error.message})` }));
    child.once('close', (code) => resolve({ kind: 'silent', reason: `it ended with ${code ?? 'a signal'}. ${errors.trim()}`.trim() }));
  });
  const waiting = new Map<number, (answer: ProbeAnswer) => void>();
  const listen = async (): Promise<void> => {
    child.stdout.setEncoding('utf8');
    for await (const line of readLines(child.stdout as AsyncIterable<string>)) {
      for (const [id, resolve] of waiting) {
        const answer = readAnswer(line, id);
        if (answer !== undefined) resolve(answer);
      }
    }
  };
  listen().catch(() => {});
  let ids = 0;
  const write = (message: Record<string, unknown>): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  try {
    return await introduce(
      (method, params) => {
        const id = (ids += 1);
        write({ id, method, params });
        return Promise.race([ended, new Promise<ProbeAnswer>((resolve) => waiting.set(id, resolve))]);
      },
      async (method) => write({ method }),
    );
  } finally {
    child.stdin.end();
    child.kill();
  }
}
