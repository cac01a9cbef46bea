import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { keepsReading, type Output } from '../../../../src/hub/rules/keepsReading.ts';
import { knownCommands } from '../../../../src/hub/rules/known/findKnown.ts';
import { optionsOf } from '../../../../src/hub/rules/known/readOptions.ts';
import { placeIn, type World } from '../../../../src/hub/rules/place/place.ts';
import { runs } from '../../../support/generated.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';

describe('a command keeps reading in the workspace', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
    workspace.link('out', workspace.outside);
    workspace.link('passwd', '/etc/passwd');
    workspace.link('app', 'src/app.ts');
    workspace.write('links/a.txt', 'a');
    workspace.link('links/b.txt', '/etc/hostname');
    workspace.write('dashes/-rf', 'x');
    workspace.write('dashes/a', 'x');
  });
  after(() => workspace.remove());

  function reads(command: string, more: { folder?: string; world?: Partial<World>; output?: Output } = {}): boolean {
    const place = placeIn(workspace.root, join(workspace.root, more.folder ?? ''), { ...workspace.world, ...more.world });
    assert.ok(place);
    return keepsReading(command.split(' '), place, more.output ?? 'pipe') !== undefined;
  }

  /** The one line of the workspace's own that is a star for a shell. */
  const allows = (command: string, more: { folder?: string } = {}) =>
    workspace.runsUnasked(command, { folder: join(workspace.root, more.folder ?? '') });

  it('with paths that lie in it, wherever it runs', () => {
    for (const command of ['cat src/app.ts', 'cat app', `cat ${workspace.root}/src/app.ts`, 'cat none.txt', 'ls .', 'cat -'])
      assert.ok(reads(command), command);
    assert.ok(reads('cat ../package.json', { folder: 'src' }));
    assert.ok(reads('cat ui/../app.ts', { folder: 'src' }));
  });

  it('not with a path that leads out of it, however it is written', () => {
    const outside = [
      '/etc/passwd',
      '..',
      '../outside',
      'src/../../outside',
      'out',
      'out/x',
      'passwd',
      'none/../../x',
      '/',
      'src/../..',
      '=ls',
      'out/none',
    ];
    for (const path of outside) {
      for (const command of [
        `cat ${path}`,
        `ls -la ${path}`,
        `grep -r x ${path}`,
        `find ${path}`,
        `git diff ${path}`,
        `cat -- ${path}`,
        `rg x ${path}`,
      ])
        assert.ok(!reads(command), command);
    }
    for (const command of [
      'cat ~/x',
      'ls ~',
      'cat ~',
      'cat $HOME/x',
      'cat /etc/*',
      'cat out/*',
      'ls o*',
      'cat links/*',
      'cat */*.txt',
      'cat ../*',
      'cat src/{a,../../b}',
    ])
      assert.ok(!allows(command), command);
  });

  it('with a star of the shell, if all that it could be is there', () => {
    for (const command of ['cat src/*.ts', 'ls src/*/*', 'cat s?c/*.ts', 'wc -l test/*']) assert.ok(allows(command), command);
    // What begins with a dash would be an option.
    assert.ok(!allows('cat *', { folder: 'dashes' }));
    assert.ok(allows('cat ./*', { folder: 'dashes' }));
    for (const command of ['uniq *', 'diff *', 'cat src/**', 'grep * src']) assert.ok(!allows(command), command);
  });

  const asked: Record<string, string[]> = {
    'writes a file': [
      'sort -o x src/app.ts',
      'sort --output=x',
      'uniq src/app.ts x',
      'tree -o x',
      'tree -ao x',
      'find . -fprint x',
      'find . -fls x',
      'find . -fprintf x y',
      'git log --output=x',
      'git diff --output=.git/config',
      'git show --output x',
      'git log --remerge-diff',
      'git diff --outpu=x',
      'date -s now',
      'date 01010101',
      'hostname x',
    ],
    'starts a program': [
      'sort --compress-program=x',
      'find . -exec x ;',
      'find . -ok x ;',
      'find . -execdir x ;',
      'rg --pre x y',
      'rg -z x',
      'rg --search-zip x',
      'rg --hostname-bin x y',
      'diff -l README.md package.json',
      'git diff --ext-diff',
      'git log --textconv',
      'git show --ext-diff',
      'git grep -O x',
      'git grep --open-files-in-pager=x y',
      'git log --show-signature',
      'git log --format=%G?',
      'git log --pretty=tformat:%GS',
      'git for-each-ref --format=%(signature)',
      'git log --format=%(describe)',
      'git diff --submodule=log',
      'file -z src/app.ts',
      'git -c core.pager=x log',
      'git --exec-path=x log',
      'git --config-env=core.pager=X log',
      'git -p log',
    ],
    'deletes or changes something': [
      'find . -delete',
      'git branch x',
      'git branch -D main',
      'git branch -m x',
      'git branch -v x',
      'git branch -l x',
      'git tag x',
      'git tag -d v1',
      'git stash',
      'git stash pop',
      'git reflog expire',
      'git remote add x y',
      'git config --local x.y z',
      'git config --unset x',
      'git worktree add x',
      'git checkout x',
      'git commit -m x',
    ],
    'reads names from a file, or from what it is given': [
      'wc --files0-from=x',
      'wc --files0-from=-',
      'du --files0-from=x',
      'sort --files0-from=x',
      'find -files0-from x',
      'git log --stdin',
      'git diff --no-index README.md package.json',
      'git grep -f x',
      'grep -f x y',
      'sha256sum -c x',
      'date -f x',
      'rg -f x',
      'tree --fromfile x',
      'git check-ignore --stdin',
      'git cat-file --batch',
    ],
    'follows links': [
      'ls -L src',
      'ls -H src',
      'du -L src',
      'grep -R x src',
      'rg -L x',
      'rg --follow x',
      'find -L .',
      'find -H .',
      'find . -follow',
      'stat -L src',
      'diff -r src test',
      'tree -l',
    ],
    'waits for more': ['tail -f src/app.ts', 'tail -F x', 'tail --follow=name x', 'tail --retry x'],
    'is not known': [
      'sed -n 1,2p x',
      'awk 1 x',
      'npm test',
      'npx eslint .',
      'make',
      'python3 -c 1',
      'xargs cat',
      'env',
      'less x',
      'man ls',
      'sh',
      'node --version',
      './ls',
      '/bin/ls',
      'LS',
      'sudo ls',
      'time ls',
      'git',
      'git lfs ls-files',
      'git submodule status',
      'git difftool',
      'git help log',
      'command ls',
      'busybox ls',
    ],
    'has an option in another spelling': [
      'ls --al',
      'sort --outp=x',
      'grep --recursiv x src',
      'git log --onelin',
      'head --line=3 x',
      'cat --show-al x',
      'ls -la=x',
      'head -n=3 x',
      'head -3q x',
      'ls -laLh',
      'tree -I2o x',
      'printf %n PATH',
      'printf -v PATH x',
      'printf %d a[0]',
    ],
  };
  for (const [what, commands] of Object.entries(asked)) {
    it(`not if it ${what}`, () => {
      for (const command of commands) assert.ok(!reads(command), command);
    });
  }

  it('not with a file of options of ripgrep', () => {
    const world = { env: { RIPGREP_CONFIG_PATH: '/x' } };
    assert.ok(!reads('rg x', { world }));
    assert.ok(reads('rg --no-config x', { world }));
  });

  it('on a system for which its manual was read, and on no other', () => {
    assert.ok(!reads('ls', { world: { platform: 'win32' } }));
    assert.ok(!reads('ls --all', { world: { platform: 'darwin' } }));
    assert.ok(reads('git log', { world: { platform: 'darwin' } }));
    assert.ok(!reads('git log', { world: { platform: 'win32' } }));
  });

  it('not if a pager would come up for a terminal', () => {
    assert.ok(!reads('git log', { output: 'terminal' }));
    assert.ok(reads('git --no-pager log', { output: 'terminal' }));
    assert.ok(reads('cat src/app.ts', { output: 'terminal' }));
    const inTerminal = (command: string) => workspace.runsUnasked(command, { tool: 'run_in_terminal' });
    assert.ok(!inTerminal('git log'));
    assert.ok(inTerminal('git log | head'));
    assert.ok(!inTerminal('ls | git log'));
  });

  it('by a table in which each option has one meaning', () => {
    assert.equal(new Set(knownCommands.map(({ name }) => name)).size, knownCommands.length);
    for (const command of knownCommands) assert.ok(optionsOf(command).size >= 0 && command.manual !== '', command.name);
  });

  it('with options from its table only: no other and no shortened one, wherever it stands', () => {
    const options = fc.oneof(
      fc.stringMatching(/^-[A-Za-z0-9]$/),
      fc.stringMatching(/^--[a-z][a-z0-9-]{1,20}(=[a-z/.]{0,5})?$/),
      fc
        .constantFrom(...knownCommands.flatMap((command) => [...optionsOf(command).keys()]))
        .chain((name) => fc.nat(name.length).map((cut) => name.slice(0, cut))),
    );
    const command = fc.constantFrom(...knownCommands.filter(({ operands }) => !['expression', 'anyWords'].includes(operands.kind)));
    fc.assert(
      fc.property(
        command,
        options,
        fc.array(fc.constantFrom('src', 'README.md'), { maxLength: 2 }),
        fc.nat(),
        (known, option, words, place) => {
          const name = option.split('=')[0] ?? '';
          const isListed = [...optionsOf(known).keys()].some((one) => one === name || (name.length === 2 && one === name));
          const isNumber = known.dashNumber === true && /^-\d+$/.test(option);
          if (option === '' || option === '-' || option === '--' || isListed || isNumber) return;
          const all: string[] = [...words];
          all.splice(place % (words.length + 1), 0, option);
          assert.ok(!reads([known.name, ...all].join(' ')), `${known.name} ${all.join(' ')}`);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });

  it('never with a word that leads out of it, whatever else is there', () => {
    const outside = fc.constantFrom('/etc/passwd', '../outside', 'out/x', 'passwd', '/');
    const withPaths = knownCommands.filter(({ operands }) => ['paths', 'files'].includes(operands.kind));
    const command = fc.constantFrom(...withPaths);
    fc.assert(
      fc.property(command, fc.array(fc.nat(200), { maxLength: 4 }), outside, fc.boolean(), (known, picks, path, behindDashes) => {
        const options = [...optionsOf(known)].filter(([, { value }]) => value === 'none' || value === 'optional').map(([name]) => name);
        const picked = picks.flatMap((pick) => options[pick % Math.max(1, options.length)] ?? []);
        const all = [known.name, ...picked, ...(behindDashes ? ['--'] : []), path].join(' ');
        assert.ok(!reads(all), all);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
