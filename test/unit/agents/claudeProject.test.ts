import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeProject } from '../../../src/agents/config/claudeProject.ts';

// As `claude mcp list` of 2.1.330 said in each of these folders.
describe('the folder by which Claude Code knows a project', () => {
  let root: string;
  const at = (...names: string[]): string => join(root, ...names);
  const git = (folder: string, ...args: string[]): void => {
    const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always'];
    execFileSync('git', [...own, ...args], { cwd: folder, stdio: 'pipe' });
  };
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-keys-')));
    for (const folder of ['plain/sub', 'repo/sub/deep']) mkdirSync(at(folder), { recursive: true });
    git(at('repo'), 'init', '--quiet');
    git(at('repo'), 'commit', '--quiet', '--allow-empty', '--message', 'first');
    git(at('repo'), 'worktree', 'add', '--quiet', '-b', 'other', at('worktree'));
    git(root, 'clone', '--quiet', '--bare', at('repo'), at('bare.git'));
    git(at('bare.git'), 'worktree', 'add', '--quiet', '-b', 'third', at('of bare'));
    mkdirSync(at('super'));
    git(at('super'), 'init', '--quiet');
    git(at('super'), 'submodule', '--quiet', 'add', at('repo'), 'module');
    git(root, 'init', '--quiet', '--separate-git-dir', at('elsewhere.git'), at('separate'));
    symlinkSync(at('repo', 'sub'), at('link'));
    symlinkSync(at('plain', 'sub'), at('plain link'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const expected: { readonly [folder: string]: string } = {
    repo: 'repo',
    'repo/sub/deep': 'repo',
    worktree: 'repo',
    'of bare': 'bare.git',
    'super/module': 'super/module',
    separate: 'separate',
    'plain/sub': 'plain/sub',
    link: 'repo',
    'plain link': 'plain/sub',
    gone: 'gone',
  };
  for (const [folder, project] of Object.entries(expected)) {
    it(`is ${project} in ${folder}`, () => assert.equal(claudeProject(at(folder), process.platform), at(project)));
  }
});
