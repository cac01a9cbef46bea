import { join } from 'node:path';
import type { HostileRepository } from './hostileRepository.ts';
import type { Trace } from './traceLines.ts';

/** What a line did that reading in the repository doesn't need. */
export interface Effect {
  command: string;
  folder: string;
  what: string;
}

/** What the loader, the locale, the names of users and times, and the programs' own data are read from. */
const systemFiles = [
  /^\/(?:usr\/)?lib(?:32|64|x32)?\//,
  /^\/usr\/(?:share\/(?:locale|zoneinfo|misc|terminfo|file|git-core|i18n)|libexec)(?:\/|$)/,
  /^\/etc\/(?:ld\.so\.\w+|localtime|passwd|group|nsswitch\.conf|magic|locale\.alias|gitconfig|host\.conf|hosts|hostname|resolv\.conf|terminfo\/.*)$/,
  /^\/(?:proc|sys)\//,
  /^\/dev\/(?:null|tty|urandom)$/,
  // Scripts among the known commands: `which`.
  /^\/(?:usr\/)?bin\/which(?:\.debianutils)?$/,
];

/** Ignore files of folders above, and git's of the user, which ripgrep and git look for. */
const ignoreFiles =
  /\/(?:\.ignore|\.rgignore|\.gitignore|\.git|\.git\/info\/exclude|\.config\/git\/(?:config|ignore|attributes)|\.gitconfig)$/;

/** Programs that known commands are, and the git that git starts. */
const programs = /^\/(?:usr\/local\/|usr\/)?bin\/[\w.+-]+$|^\/usr\/lib\/git-core\/git$/;
const gitHelpers = new Set(['diff-index', 'log', 'column', 'rev-list']);

/** Everything in a trace that is more than reading in the repository. */
export function judgeTrace({ line, calls }: Trace, repository: HostileRepository): Effect[] {
  const named = new Set(line.command.split(/[\s;|&]+/));
  const effects = calls.map((call) => effectOf(call, repository, named)).filter((what) => what !== undefined);
  return [...new Set(effects)].map((what) => ({ ...line, what }));
}

function effectOf(text: string, repository: HostileRepository, named: ReadonlySet<string>): string | undefined {
  const call = /^\d+\s+(\w+)\((.*)$/.exec(text);
  const [, name = '', rest = ''] = call ?? [];
  // Ends of calls whose beginning was looked at, and of processes.
  if (call === null || / = -1 E(?:NOENT|NOTDIR|LOOP|ACCES|PERM|BADF|INVAL|ISDIR|NAMETOOLONG) /.test(text)) return undefined;
  switch (name) {
    case 'stat':
    case 'newfstatat':
    case 'access':
    case 'faccessat2':
      return undefined;
    case 'execve':
    case 'execveat':
      return execution(rest, named) ? undefined : `starts ${text}`;
    case 'open':
    case 'openat':
    case 'openat2':
    case 'creat':
      return opening(rest, name, repository) ? undefined : `opens ${text}`;
    case 'connect':
      return /sun_path="\/(?:var\/)?run\/nscd\/socket"/.test(rest) ? undefined : `connects ${text}`;
    default:
      return isOfIndex(rest, repository) ? undefined : `changes ${text}`;
  }
}

/** The program that the line names, or a helper of git. */
function execution(rest: string, named: ReadonlySet<string>): boolean {
  const [, path = '', words = ''] = /^"((?:[^"\\]|\\.)*)", \[(.*?)\](?:,|$)/.exec(rest) ?? [];
  const [program = '', first = ''] = [...words.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word);
  if (!programs.test(path)) return false;
  const isHelper = /^(?:.*\/)?git$/.test(program) && gitHelpers.has(first);
  return named.has(program) || isHelper || (path === '/usr/bin/which' && named.has('which'));
}

function opening(rest: string, name: string, { root, home }: HostileRepository): boolean {
  const [, folder = '', asked = ''] = /^(?:AT_FDCWD<([^>]*)>, |\d+<([^>]*)>, )?"?/.exec(rest) ?? [];
  const path = / = \d+<(.*)>$/.exec(rest)?.[1] ?? /^(?:AT_FDCWD<[^>]*>, |\d+<[^>]*>, )?"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] ?? '';
  const full = path.startsWith('/') ? path : join(folder || asked, path);
  const flags = /", ([A-Z_|0-9]+)/.exec(rest)?.[1] ?? '';
  // What is opened so can be neither read nor written: a look, as the users' names are looked up by systemd.
  if (flags.split('|').includes('O_PATH')) return true;
  const writes = name === 'creat' || /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(flags);
  if (writes) return /^\/dev\/(?:null|tty)$/.test(full) || full === join(root, '.git/index.lock');
  return (
    isIn(root, full) ||
    systemFiles.some((pattern) => pattern.test(full)) ||
    (ignoreFiles.test(full) && (isIn(home, full) || root.startsWith(full.slice(0, full.lastIndexOf('/')))))
  );
}

/** `git status` and `git diff` write down what they have seen: a new index, in the place of the last one. */
function isOfIndex(rest: string, { root }: HostileRepository): boolean {
  const paths = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => (path.startsWith('/') ? path : join(root, path)));
  const own = new Set([join(root, '.git/index.lock'), join(root, '.git/index')]);
  return paths.length > 0 && paths.every((path) => own.has(path)) && paths[0] === join(root, '.git/index.lock');
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
