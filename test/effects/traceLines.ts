import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Line } from './generateLines.ts';
import type { HostileRepository } from './hostileRepository.ts';

/** What a line did: one call of the system each, as strace writes it. */
export interface Trace {
  line: Line;
  calls: readonly string[];
}

/** What says in a trace that the next line begins. */
const mark = '/agentrq-line/';

const calls = [
  ['execve', 'execveat', 'open', 'openat', 'openat2', 'creat', 'connect', 'bind', 'sendto', 'sendmsg'],
  [
    'unlink',
    'unlinkat',
    'rename',
    'renameat',
    'renameat2',
    'mkdir',
    'mkdirat',
    'rmdir',
    'symlink',
    'symlinkat',
    'link',
    'linkat',
    'mknod',
    'mknodat',
  ],
  [
    'truncate',
    'ftruncate',
    'chmod',
    'fchmod',
    'fchmodat',
    'chown',
    'fchown',
    'lchown',
    'fchownat',
    'utime',
    'utimes',
    'utimensat',
    'futimesat',
  ],
  [
    'setxattr',
    'fsetxattr',
    'lsetxattr',
    'mount',
    'ptrace',
    'settimeofday',
    'clock_settime',
    'sethostname',
    'stat',
    'newfstatat',
    'faccessat2',
    'access',
  ],
].flat();

/** Why lines can't be traced here; `undefined` if they can. */
export function whyNoTrace(): string | undefined {
  const { error, status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
  if (error !== undefined) return 'strace is missing. Install it, such as with: apt-get install strace ripgrep tree file';
  return status === 0 ? undefined : 'strace may not look at other programs here. In a container, allow it with --cap-add=SYS_PTRACE.';
}

/** Runs the lines one after the other, in one shell under one strace, each in a shell of its own with nothing to read. */
export function traceLines({ env }: HostileRepository, lines: readonly Line[]): Trace[] {
  const folder = mkdtempSync(join(tmpdir(), 'agentrq-trace-'));
  try {
    const [script, output] = [join(folder, 'lines.sh'), join(folder, 'trace')];
    const steps = lines.map(
      ({ command, folder: at }, index) =>
        `[ -e ${mark}${index} ]\n( cd ${quote(at)} && eval ${quote(command)} ) </dev/null >/dev/null 2>&1`,
    );
    writeFileSync(script, `${steps.join('\n')}\n[ -e ${mark}end ]\n`);
    const strace = [
      '-f',
      '-qq',
      '-y',
      '-s',
      '4096',
      '-e',
      `trace=${calls.map((name) => `?${name}`).join(',')}`,
      '-e',
      'signal=none',
      '-o',
      output,
    ];
    const { status, error } = spawnSync('strace', [...strace, '/bin/bash', '--norc', '--noprofile', script], {
      env: { ...env },
      stdio: 'ignore',
      timeout: 300_000,
    });
    if (error !== undefined || status === null) throw new Error(`the lines did not end: ${error?.message ?? 'killed'}`);
    return split(readFileSync(output, 'utf8'), lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function split(trace: string, lines: readonly Line[]): Trace[] {
  const traces: Trace[] = [];
  let current: string[] | undefined;
  let hasEnded = false;
  for (const text of trace.split('\n')) {
    const marked = new RegExp(`"${mark}(\\d+|end)"`).exec(text)?.[1];
    if (marked === undefined) {
      current?.push(text);
      continue;
    }
    const line = lines[Number(marked)];
    hasEnded ||= marked === 'end';
    current = line === undefined ? undefined : [];
    if (line !== undefined && current !== undefined) traces.push({ line, calls: current });
  }
  if (!hasEnded || traces.length !== lines.length) throw new Error(`of ${lines.length} lines, ${traces.length} were traced`);
  return traces;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
