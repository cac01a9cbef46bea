import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository that wants whatever reads it to start something, to write, or to look elsewhere. */
export interface HostileRepository {
  root: string;
  home: string;
  /** The environment of what runs in it. */
  env: Readonly<Record<string, string>>;
  /** Files and folders in it, as words of a command line; all lead into it. */
  names: readonly string[];
  remove: () => void;
}

const names = [
  'src',
  'src/a.ts',
  'src/b.txt',
  'docs',
  'docs/deep/c.md',
  'package.json',
  'image.png',
  '.',
  './src',
  'docs/deep',
  'inside',
  'empty',
  "'with blank'",
  "'new\nline'",
  "'star*'",
  "'ünï'",
  './-n',
  './--output=x',
  './-exec',
  '.hidden',
  'bare',
  '.gitattributes',
  './planted.sh',
];

/** @param namesPrograms its configuration names programs, too: then git's stars must not hold */
export function createHostileRepository(namesPrograms: boolean): HostileRepository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-effects-')));
  const [root, home, outside] = ['work', 'home', 'outside'].map((name) => join(base, name)) as [string, string, string];
  const write = (path: string, text: string, folder = root): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('secret', 'secret\n', outside);
  write('.gitconfig', '[user]\n\tname = A\n\temail = a@example.org\n[core]\n\tpager = less\n[alias]\n\tlog = !touch aliased\n', home);
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LC_ALL: 'C.UTF-8', RIPGREP_CONFIG_PATH: join(root, 'ripgreprc') };

  const script = `#!/bin/sh\ntouch '${outside}/started'\ncat\n`;
  const program = (path: string): void => {
    write(path, script);
    chmodSync(join(root, path), 0o755);
  };
  for (const path of ['planted.sh', 'git', 'less', 'gpg', 'sh', 'pager', 'src/cat']) program(path);
  for (const path of [
    'src/a.ts',
    'src/b.txt',
    'docs/deep/c.md',
    'with blank',
    'new\nline',
    'star*',
    'ünï',
    '-n',
    '--output=x',
    '-exec',
    '-delete',
    '--pre=./planted.sh',
    '-o',
    '.hidden',
  ]) {
    write(path, `text TODO of ${path}\nfoo bar\n`);
  }
  write('package.json', '{"scripts":{"test":"./planted.sh"}}\n');
  write('image.png', 'x'.repeat(2_000));
  write('empty', '');
  write('ripgreprc', '--pre=./planted.sh\n');
  write('.gitattributes', '* diff=evil filter=evil merge=evil\n*.ts diff=cpp\n');
  write('src/.gitattributes', '*.txt filter=evil diff=evil\n');
  write('names0', '/etc/passwd\0');
  symlinkSync(outside, join(root, 'out'));
  symlinkSync('/etc/passwd', join(root, 'src', 'passwd'));
  symlinkSync('src', join(root, 'inside'));
  symlinkSync('loop', join(root, 'loop'));
  for (const path of ['objects', 'refs']) mkdirSync(join(root, 'bare', path), { recursive: true });
  write('bare/HEAD', 'ref: refs/heads/main\n');
  write('bare/config', '[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ../planted.sh\n');

  const git = (...args: string[]): void => {
    execFileSync('/usr/bin/git', args, { cwd: root, env: { ...env, GIT_CONFIG_NOSYSTEM: '1' }, stdio: 'ignore' });
  };
  git('init', '-q', '-b', 'main');
  git('add', '-A', '--', ':!bare');
  git('commit', '-qm', 'one');
  git('tag', '-a', 'v1', '-m', 'v1');
  git('branch', 'side');
  write('src/a.ts', 'another text TODO\n');
  git('commit', '-qam', 'two');
  write('src/b.txt', 'changed\n');
  git('stash');
  write('src/b.txt', 'changed again\n');
  git('remote', 'add', 'origin', 'https://example.invalid/x.git');
  for (const hook of ['pre-commit', 'post-checkout', 'pre-push', 'reference-transaction', 'pre-auto-gc']) program(`.git/hooks/${hook}`);
  if (namesPrograms) {
    program('.git/hooks/post-index-change');
    appendFileSync(
      join(root, '.git/config'),
      `[core]\n\tfsmonitor = ./planted.sh\n\tpager = ./planted.sh\n[diff]\n\texternal = ./planted.sh\n[diff "evil"]\n\ttextconv = ./planted.sh
[filter "evil"]\n\tclean = ./planted.sh\n\tsmudge = ./planted.sh\n[gpg]\n\tprogram = ./planted.sh\n[log]\n\tshowSignature = true\n[alias]\n\tstatus = !./planted.sh\n`,
    );
  }
  return { root, home, env, names, remove: () => rmSync(base, { recursive: true, force: true }) };
}
