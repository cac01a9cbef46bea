import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPlan, planConnection, systemGit } from '../../../src/agents/config/connectAgent.ts';
import { gitView } from '../../../src/agents/config/git.ts';
import { mayHoldToken } from '../../../src/agents/config/mayHoldToken.ts';
import { type AgentMachine, agentMachine } from '../../support/agentMachine.ts';
import { reach, workspaceId } from './configFixtures.ts';

describe('a token', () => {
  let machine: AgentMachine;
  let project: string;
  beforeEach(() => {
    machine = agentMachine();
    ({ project } = machine);
  });
  afterEach(() => machine.dispose());

  // No setting of whoever runs the tests counts.
  function git(folder: string, ...args: string[]): void {
    const env = { PATH: process.env['PATH'], HOME: machine.userHome, GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder, env, stdio: 'pipe' });
  }

  function repository(folder: string, ignored: string, files: Record<string, string> = {}): void {
    mkdirSync(folder, { recursive: true });
    git(folder, 'init', '--quiet');
    machine.put(join(folder, '.gitignore'), ignored);
    for (const [name, text] of Object.entries(files)) machine.put(join(folder, name), text);
    git(folder, 'add', '--force', '--all');
    git(folder, 'commit', '--quiet', '--message', 'first');
  }

  const claude = (folder = project) => planConnection(machine, { agent: 'claudeCode', workspaceId, folder, reach, hooks: true });
  const tokenFiles = async () =>
    (await claude()).edits
      .filter(({ next }) => next?.includes(reach.token))
      .map(({ file, holdsToken }) => [file.slice(dirname(project).length), holdsToken]);

  it('never comes into a file that git tracks, or would', async () => {
    repository(project, '', { '.claude/settings.local.json': '{}' });
    assert.deepEqual(await tokenFiles(), [['/home/.claude.json', true]]);
    machine.put(join(project, '.gitignore'), '.claude/\n');
    assert.deepEqual(await tokenFiles(), [['/home/.claude.json', true]], 'ignored, but tracked all the same');
    git(project, 'rm', '--cached', '--quiet', '.claude/settings.local.json');
    assert.deepEqual(await tokenFiles(), [
      ['/home/.claude.json', true],
      ['/a project/.claude/settings.local.json', true],
    ]);
    machine.put(join(project, '.gitignore'), '');
    assert.deepEqual(await tokenFiles(), [['/home/.claude.json', true]], 'not tracked yet, but the next add would');
  });

  it('is in nothing that git would commit, after everything that can be connected was', async () => {
    repository(project, '.claude/settings.local.json\n');
    await applyPlan(machine, await claude());
    assert.match(machine.text(join(project, '.claude', 'settings.local.json')) ?? '', /"Authorization"/);
    for (const agent of ['vscode', 'agentHost'] as const) {
      const request = { agent, workspaceId, folder: project, hooks: true };
      await assert.rejects(planConnection(machine, { ...request, reach }), { code: 'git', message: /bridge/ });
      await applyPlan(machine, await planConnection(machine, { ...request, reach: { transport: 'bridge' } }));
    }
    git(project, 'add', '--all');
    const tracked = execFileSync('git', ['grep', '--cached', '--count', '-e', '"agentrq-'], { cwd: project, encoding: 'utf8' });
    assert.deepEqual(tracked.trim().split('\n').toSorted(), ['.mcp.json:1', '.vscode/mcp.json:1']);
    assert.throws(() => execFileSync('git', ['grep', '--cached', '--quiet', '-e', reach.token], { cwd: project }), { status: 1 });
  });

  it('comes into no file of the project where there is no repository, or no git', async () => {
    assert.deepEqual(await tokenFiles(), [['/home/.claude.json', true]]);
    machine.git = async () => undefined;
    assert.deepEqual(await tokenFiles(), [['/home/.claude.json', true]]);
  });

  it('comes into no file of the user that git tracks, also by a link', async () => {
    const dotfiles = join(machine.userHome, 'dotfiles');
    repository(dotfiles, 'ignored\n', { 'claude.json': '{}', ignored: '{}' });
    git(dotfiles, 'rm', '--cached', '--quiet', 'ignored');
    symlinkSync(join(dotfiles, 'claude.json'), join(machine.userHome, '.claude.json'));
    await assert.rejects(claude(), { code: 'git', message: /\.claude\.json is tracked by git, or would be.*bridge/ });
    const bridge = { agent: 'claudeCode', workspaceId, folder: project, reach: { transport: 'bridge' }, hooks: true } as const;
    assert.doesNotMatch(JSON.stringify(await planConnection(machine, bridge)), /arq_/);
    machine.env = { CLAUDE_CONFIG_DIR: join(machine.userHome, 'elsewhere') };
    mkdirSync(join(machine.userHome, 'elsewhere'));
    symlinkSync(join(dotfiles, 'ignored'), join(machine.userHome, 'elsewhere', '.claude.json'));
    await claude();
  });

  const keepers: readonly [string, (home: string) => string][] = [
    ['a bare repository', (home) => join(home, '.dotfiles')],
    ['a bare repository of another name', (home) => join(home, 'cfg.git')],
    ['yadm', (home) => join(home, '.local', 'share', 'yadm', 'repo.git')],
    ['vcsh', (home) => join(home, '.config', 'vcsh', 'repo.d', 'agents.git')],
    ['a repository that the environment names', (home) => join(home, 'deep', 'down', 'repo')],
  ];
  for (const [name, place] of keepers) {
    it(`comes into no file of the user that is kept by ${name}`, async () => {
      const { userHome } = machine;
      const bare = place(userHome);
      mkdirSync(bare, { recursive: true });
      git(bare, 'init', '--quiet', '--bare');
      if (name.includes('environment')) machine.env = { GIT_DIR: bare };
      machine.put(join(userHome, '.claude.json'), '{}');
      await claude();
      git(userHome, '--git-dir', bare, '--work-tree', userHome, 'add', '.claude.json');
      await assert.rejects(claude(), { code: 'git', message: /\.claude\.json is tracked by git/ });
      git(userHome, '--git-dir', bare, '--work-tree', userHome, 'commit', '--quiet', '--message', 'mine');
      await assert.rejects(claude(), { code: 'git' });
      // The bridge needs no token, so it may stand there.
      const bridge = { agent: 'claudeCode', workspaceId, folder: project, reach: { transport: 'bridge' }, hooks: true } as const;
      await applyPlan(machine, await planConnection(machine, bridge));
      const diff = ['--git-dir', bare, '--work-tree', userHome, 'diff'];
      const shown = execFileSync('git', diff, { cwd: userHome, encoding: 'utf8' });
      assert.match(shown, /agentrq-/);
      assert.doesNotMatch(shown, /arq_/);
    });
  }

  it('comes into no file while git doesn’t say whether it tracks that: a busy machine is no proof', async () => {
    const file = join(machine.userHome, '.claude.json');
    assert.equal(await mayHoldToken(machine, 'user', [file]), true);
    for (const silent of ['rev-parse', 'ls-files', 'check-ignore']) {
      machine.git = async (_, args) => (args.includes(silent) ? 'unanswered' : args.includes('rev-parse') ? 0 : 1);
      assert.equal(await gitView(machine.git, file), 'unanswered', silent);
      assert.equal(await mayHoldToken(machine, 'user', [file]), false, silent);
    }
    execFileSync('git', ['init', '--quiet', '--bare', join(machine.userHome, '.dotfiles')]);
    machine.git = async (_, args) => (args.includes('--git-dir') ? 'unanswered' : 128);
    assert.equal(await mayHoldToken(machine, 'user', [file]), false, 'a repository of dotfiles');
    machine.git = async () => undefined;
    assert.equal(await mayHoldToken(machine, 'user', [file]), true, 'no git');
  });

  it('is judged by what git says of a path', async () => {
    repository(project, 'ignored/\n*.local\n!kept.local\n', { tracked: '', 'tracked.local': '' });
    mkdirSync(join(machine.userHome, 'outside'));
    symlinkSync(join(machine.userHome, 'outside'), join(project, 'link'));
    const views: Record<string, unknown> = {};
    for (const name of [
      'tracked',
      'tracked.local',
      'new',
      'a.local',
      'kept.local',
      'ignored/deep/down',
      'new/deep/down',
      'link/file',
      '-q',
    ]) {
      views[name] = await gitView(systemGit, join(project, name));
    }
    assert.deepEqual(views, {
      tracked: 'tracked',
      'tracked.local': 'tracked',
      new: 'would-track',
      'a.local': 'ignored',
      'kept.local': 'would-track',
      'ignored/deep/down': 'ignored',
      'new/deep/down': 'would-track',
      // What it leads to is asked about by itself.
      'link/file': 'unknown',
      '-q': 'would-track',
    });
    assert.equal(await gitView(systemGit, join(machine.userHome, 'a', 'b')), 'no-repository');
    assert.equal(await gitView(async () => 128, join(project, 'new')), 'unknown', 'a repository that git refuses to look at');
    assert.equal(await mayHoldToken(machine, 'project', [join(project, 'a.local'), join(project, 'new')]), false);
  });

  it('doesn’t let a repository run programs by being looked at', async () => {
    repository(project, '', { tracked: '' });
    const trap = join(machine.userHome, 'trap.sh');
    const sprung = join(machine.userHome, 'sprung');
    machine.put(trap, `#!/bin/sh\ntouch '${sprung}'\n`);
    execFileSync('chmod', ['+x', trap]);
    git(project, 'config', 'core.fsmonitor', trap);
    assert.equal(await gitView(systemGit, join(project, 'tracked')), 'tracked');
    assert.equal(machine.text(sprung), undefined);
    execFileSync('git', ['ls-files', '--error-unmatch', '--', 'tracked'], { cwd: project, stdio: 'ignore' });
    git(project, 'status');
    assert.equal(machine.text(sprung), '', 'the trap works');
  });
});
