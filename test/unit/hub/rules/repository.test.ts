import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedBy } from '../../../../src/hub/rules/allowedBy.ts';
import { readConfig } from '../../../../src/hub/rules/git/configFile.ts';
import { isHarmlessLogFormat, isHarmlessRefFormat } from '../../../../src/hub/rules/git/formats.ts';
import { readIndex } from '../../../../src/hub/rules/git/indexFile.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';

describe("git's stars hold", () => {
  let workspace: ScratchWorkspace;
  beforeEach(() => {
    workspace = createScratchWorkspace();
  });
  afterEach(() => workspace.remove());

  const log = (folder?: string) => workspace.runsUnasked('git log -p -1', folder === undefined ? {} : { folder });
  const status = () => workspace.runsUnasked('git status');
  const config = (text: string) => writeFileSync(join(workspace.root, '.git/config'), `[core]\n\trepositoryformatversion = 0\n${text}`);

  it('in a repository as git makes it, with remotes, branches and what editors write', () => {
    workspace.git('remote', 'add', 'origin', 'https://example.org/x.git');
    workspace.git('config', 'branch.main.merge', 'refs/heads/main');
    workspace.git('config', 'branch.main.vscode-merge-base', 'origin/main');
    workspace.git('config', 'core.hooksPath', '.husky/_');
    assert.ok(log() && status());
    workspace.git('config', 'core.fsmonitor', 'false');
    assert.ok(log() && status());
  });

  it('not while a work tree has a configuration of its own that names one', () => {
    writeFileSync(join(workspace.root, '.git/config.worktree'), '[core]\n\tfsmonitor = ./x\n');
    assert.ok(!log());
  });

  it('not in a folder that only looks like a repository, nor below one', () => {
    const bare = join(workspace.root, 'planted');
    for (const path of ['objects', 'refs', 'deep']) mkdirSync(join(bare, path), { recursive: true });
    writeFileSync(join(bare, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(bare, 'config'), '[core]\n\tfsmonitor = ./x\n\tbare = false\n\tworktree = .\n');
    assert.ok(!log(bare) && !log(join(bare, 'deep')) && !log(join(workspace.root, '.git')) && log(join(workspace.root, 'src')));
    assert.ok(!workspace.runsUnasked('git -C planted status') && !workspace.runsUnasked('cd planted && git status'));
    // Not by an exact rule either: that was given for the repository of the workspace.
    assert.ok(workspace.allows(['Bash:git status'], workspace.use('git status')));
    assert.ok(!workspace.allows(['Bash:git status'], workspace.use('git status', { folder: bare })));
    assert.ok(!workspace.allows(['Bash:cd *', 'Bash:git status'], workspace.use('cd planted && git status')));
    assert.ok(!workspace.allows(['Bash:cd *', { text: 'Bash:git *', unchecked: true }], workspace.use('cd planted && git status')));
  });

  it('not where the repository is elsewhere, or parts of it are', () => {
    const at = (path: string) => join(workspace.root, '.git', path);
    writeFileSync(at('commondir'), '../../outside\n');
    assert.ok(!log());
    unlinkSync(at('commondir'));
    mkdirSync(at('objects/info'), { recursive: true });
    writeFileSync(at('objects/info/alternates'), '/elsewhere\n');
    assert.ok(!log());
    unlinkSync(at('objects/info/alternates'));
    assert.ok(log());
    renameSync(at('index'), join(workspace.outside, 'index'));
    symlinkSync(join(workspace.outside, 'index'), at('index'));
    assert.ok(!log());
    renameSync(join(workspace.root, '.git'), join(workspace.outside, 'git'));
    symlinkSync(join(workspace.outside, 'git'), join(workspace.root, '.git'));
    assert.ok(!log());
    unlinkSync(join(workspace.root, '.git'));
    writeFileSync(join(workspace.root, '.git'), `gitdir: ${workspace.outside}/git\n`);
    assert.ok(!log());
  });

  it('not in a folder of a repository that is not in the workspace', () => {
    const inner = { folder: join(workspace.root, 'src'), workspaceFolder: join(workspace.root, 'src') };
    assert.ok(!workspace.runsUnasked('git log', inner) && workspace.runsUnasked('ls', inner));
  });

  it('in a work tree that the repository knows, wherever that is', () => {
    workspace.git('worktree', 'add', '-q', join(workspace.outside, 'tree'), '-b', 'x');
    const tree = join(workspace.outside, 'tree');
    const inTree = { folder: tree, workspaceFolder: tree };
    assert.ok(workspace.runsUnasked('git status', inTree));
    workspace.git('worktree', 'add', '-q', join(workspace.root, '.claude/worktrees/y'), '-b', 'y');
    assert.ok(log(join(workspace.root, '.claude/worktrees/y')));
    config('[core]\n\tfsmonitor = ./x\n');
    assert.ok(!workspace.runsUnasked('git status', inTree));
  });

  it('of a work tree not on its own word', () => {
    workspace.git('worktree', 'add', '-q', join(workspace.outside, 'tree'), '-b', 'x');
    const fake = join(workspace.outside, 'fake');
    mkdirSync(fake);
    writeFileSync(join(fake, '.git'), readFileSync(join(workspace.outside, 'tree/.git')));
    assert.ok(!workspace.runsUnasked('git log', { folder: fake, workspaceFolder: fake }));
  });

  it('not while a hook would be run by what reads', () => {
    const hook = join(workspace.root, '.git/hooks/post-index-change');
    mkdirSync(join(workspace.root, '.git/hooks'), { recursive: true });
    writeFileSync(join(workspace.root, '.git/hooks/pre-commit'), '#!/bin/sh\n');
    assert.ok(status());
    writeFileSync(hook, '#!/bin/sh\n');
    chmodSync(hook, 0o755);
    assert.ok(!status());
    unlinkSync(hook);
    workspace.git('config', 'core.hooksPath', '.husky');
    assert.ok(status());
    workspace.write('.husky/post-index-change', 'x');
    assert.ok(!status());
  });

  it("not while the user's own hooks are the repository's", () => {
    writeFileSync(join(workspace.home, '.gitconfig'), '[core]\n\thooksPath = hooks\n');
    assert.ok(status());
    workspace.write('hooks/post-index-change', 'x');
    assert.ok(!status());
  });

  it("not while the user's own configuration starts something, here or in a file that it includes", () => {
    const own = join(workspace.home, '.gitconfig');
    for (const text of [
      '[diff]\n\texternal = difft',
      '[core]\n\tfsmonitor = true',
      '[diff "x"]\n\ttextconv = x',
      '[log]\n\tshowSignature = true',
    ]) {
      writeFileSync(own, text);
      assert.ok(!log(), text);
    }
    writeFileSync(own, '[includeIf "gitdir:~/x/"]\n\tpath = more\n[alias]\n\tl = log\n[core]\n\tpager = delta\n\teditor = vim\n');
    assert.ok(log());
    writeFileSync(join(workspace.home, 'more'), '[diff]\n\texternal = difft');
    assert.ok(!log());
  });

  it('with filters of the user, such as those of LFS, only where no attribute asks for one', () => {
    writeFileSync(
      join(workspace.home, '.gitconfig'),
      '[filter "lfs"]\n\tclean = git-lfs clean -- %f\n\tprocess = git-lfs filter-process\n',
    );
    assert.ok(log() && status());
    workspace.write('src/ui/.gitattributes', '*.png filter=lfs diff=lfs merge=lfs -text\n');
    assert.ok(log() && !status() && !workspace.runsUnasked('git diff') && !workspace.runsUnasked('git blame src/app.ts'));
    unlinkSync(join(workspace.root, 'src/ui/.gitattributes'));
    mkdirSync(join(workspace.root, '.git/info'), { recursive: true });
    writeFileSync(join(workspace.root, '.git/info/attributes'), '* filter=lfs\n');
    assert.ok(!status());
  });

  it('not with another repository inside, in which git would start a second one', () => {
    mkdirSync(join(workspace.root, 'module'));
    const env = { PATH: process.env['PATH'], HOME: workspace.home };
    execFileSync('git', ['init', '-q', join(workspace.root, 'module')], { env });
    execFileSync(
      'git',
      ['-C', join(workspace.root, 'module'), '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'x'],
      { env },
    );
    assert.ok(status());
    workspace.git('add', 'module');
    assert.ok(!status() && !workspace.runsUnasked('git diff') && log());
  });

  it('not with variables of git in the environment', () => {
    const withVariable = (name: string) =>
      allowedBy([{ text: 'Bash:git log *' }], workspace.use('git log'), { ...workspace.world, env: { [name]: 'x' } });
    for (const name of ['GIT_DIR', 'GIT_EXTERNAL_DIFF', 'GIT_CONFIG_COUNT', 'GIT_EXEC_PATH', 'GIT_NEW'])
      assert.equal(withVariable(name), undefined, name);
    assert.notEqual(withVariable('GIT_ASKPASS'), undefined);
  });

  it('by what the index says, in each of its versions', () => {
    workspace.write('a/b/c/d.txt', 'x');
    workspace.git('add', '.');
    for (const version of ['2', '3', '4']) {
      workspace.git('update-index', '--index-version', version);
      const facts = readIndex(readFileSync(join(workspace.root, '.git/index')));
      assert.deepEqual([...(facts?.folders ?? [])].toSorted(), ['', 'a', 'a/b', 'a/b/c', 'docs', 'src', 'src/ui', 'test']);
    }
    workspace.git('update-index', '--split-index');
    assert.equal(readIndex(readFileSync(join(workspace.root, '.git/index'))), undefined);
    assert.equal(readIndex(Buffer.from('DIRC\0\0\0\x02\0\0\0\x09')), undefined);
  });
});

describe("git's stars don't hold while the configuration of a repository names", () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
  });
  after(() => workspace.remove());

  const programs: Record<string, string> = {
    'a file system monitor': '[core]\n\tfsmonitor = ./x',
    'a daemon': '[core]\n\tfsmonitor = true',
    'a daemon, in the short form': '[core]\n\tfsmonitor',
    'a pager': '[core]\n\tpager = ./x',
    'a pager of one command': '[pager]\n\tlog = ./x',
    'an external diff': '[diff]\n\texternal = ./x',
    'a driver of diffs': '[diff "x"]\n\tcommand = ./x',
    'a converter': '[diff "x"]\n\ttextconv = ./x',
    'a filter': '[filter "x"]\n\tclean = ./x',
    'a long-running filter': '[filter "x"]\n\tprocess = ./x',
    ssh: '[core]\n\tsshCommand = ./x',
    'another repository': '[remote "origin"]\n\tpromisor = true\n\turl = ext::./x',
    'parts that are fetched when needed': '[extensions]\n\tpartialClone = origin',
    gpg: '[gpg]\n\tprogram = ./x',
    signatures: '[log]\n\tshowSignature = true',
    'another file': '[include]\n\tpath = ../x',
    'another file, at times': '[includeIf "gitdir:/"]\n\tpath = ../x',
    'another folder of files': '[core]\n\tworktree = /',
    'that it is bare': '[core]\n\tbare = true',
    credentials: '[credential]\n\thelper = !./x',
    'an alias': '[alias]\n\tlog = !./x',
    'what is submodules': '[diff]\n\tsubmodule = diff',
    'a format of its own': '[pretty]\n\tx = %GG',
    'what nobody knows': '[core]\n\tnewThing = x',
    'something that cannot be read': '[core\n\tfilemode = true',
    'a blank that is none to git': '[core]\n\tfsmonitor = false\u00a0',
    'a key that goes on in the next line': '[core]\n\tfsmonitor = \\\n./x',
    'a section on the line of a key': '[core] fsmonitor = ./x',
    'a section in the old form': '[core.x] fsmonitor = ./x\n[Core]\n\tFSMonitor = ./x',
  };
  for (const [what, text] of Object.entries(programs)) {
    it(what, () => {
      const config = join(workspace.root, '.git/config');
      writeFileSync(config, '[core]\n\trepositoryformatversion = 0\n');
      assert.ok(workspace.runsUnasked('git log') && workspace.runsUnasked('git status'));
      writeFileSync(config, `[core]\n\trepositoryformatversion = 0\n${text}\n`);
      assert.ok(!workspace.runsUnasked('git log') && !workspace.runsUnasked('git status'));
    });
  }
});

describe('readConfig', () => {
  it('reads what git reads', () => {
    const text = '\uFEFF[a] x = 1 ; c\n[Sec "Sub \\"x\\""]\nKey=" a b " c # d\n\tAlone\n[b.C]y = \\\n  z\n; comment\n';
    assert.deepEqual(readConfig(text), [
      { section: 'a', subsection: '', key: 'x', value: '1' },
      { section: 'sec', subsection: 'Sub "x"', key: 'key', value: ' a b  c' },
      { section: 'sec', subsection: 'Sub "x"', key: 'alone' },
      { section: 'b', subsection: 'c', key: 'y', value: 'z' },
    ]);
  });

  it('takes nothing that it is not sure of', () => {
    for (const text of [
      'x = 1',
      '[a',
      '[a]\nx y',
      '[a]\nx = "b',
      '[a]\nx = \\q',
      '[a]\n1x = 2',
      '[a]\nx = 1 # b \\\ny = 2',
      '[a "b]\nx=1',
      '[a]\0',
    ])
      assert.equal(readConfig(text), undefined, text);
  });
});

describe('formats', () => {
  it('only print', () => {
    for (const format of [
      'oneline',
      'format:%h %an <%ae> %ad %s%n%b',
      '%C(auto)%h%C(reset) %<(20,trunc)%s',
      '%H%x09%D %(trailers:key=X)',
      '%%G?',
    ])
      assert.ok(isHarmlessLogFormat(format), format);
    for (const format of ['%G?', '%GK', '%(describe)', '%h %G', '%(x)']) assert.ok(!isHarmlessLogFormat(format), format);
    for (const format of [
      '%(refname:short) %(objectname) %(committerdate:relative) %(upstream:track)',
      '%(*objectname) %(if)%(HEAD)%(then)x%(end)',
    ])
      assert.ok(isHarmlessRefFormat(format), format);
    for (const format of ['%(signature)', '%(signature:key)', '%(describe)', '%x']) assert.ok(!isHarmlessRefFormat(format), format);
  });
});
