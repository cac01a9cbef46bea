import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KeptRule } from '../../../../src/hub/rules/allowedBy.ts';
import { allowedBy } from '../../../../src/hub/rules/allowedBy.ts';
import type { World } from '../../../../src/hub/rules/place/place.ts';
import { proposeRules } from '../../../../src/hub/rules/proposeRules.ts';
import type { ToolUse } from '../../../../src/hub/rules/toolUse.ts';

/** A workspace with a git repository and some files, and rules that are asked about it. */
export interface ScratchWorkspace {
  /** The workspace, and an empty folder beside it that is not part of it. */
  root: string;
  outside: string;
  home: string;
  world: World;
  write: (path: string, text: string) => void;
  link: (path: string, to: string) => void;
  git: (...args: string[]) => void;
  use: (command: string, more?: Partial<ToolUse>) => ToolUse;
  /** Whether the rules that are proposed as stars, and no others, allow it. */
  runsUnasked: (command: string, more?: Partial<ToolUse>) => boolean;
  allows: (rules: readonly (string | KeptRule)[], use: ToolUse) => boolean;
  remove: () => void;
}

export function createScratchWorkspace(): ScratchWorkspace {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-rules-')));
  const [root, outside, home] = ['work', 'outside', 'home'].map((name) => join(base, name)) as [string, string, string];
  for (const folder of [root, outside, home]) mkdirSync(folder);
  const world: World = { platform: 'linux', env: {}, home };

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...args: string[]): void => {
    const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: root, env, stdio: 'ignore' });
  };
  const use = (command: string, more: Partial<ToolUse> = {}): ToolUse => {
    return { tool: 'Bash', input: JSON.stringify({ command }), folder: root, workspaceFolder: root, agent: 'claude-code', ...more };
  };
  const allows: ScratchWorkspace['allows'] = (rules, one) => {
    const kept = rules.map((rule) => (typeof rule === 'string' ? { text: rule } : rule));
    return allowedBy(kept, one, world) !== undefined;
  };

  git('init', '-q', '-b', 'main');
  for (const path of ['package.json', 'README.md', 'src/app.ts', 'src/ui/row.ts', 'test/app.test.ts', 'docs/a b.md'])
    write(path, `text of ${path}\nTODO x\n`);
  git('add', '.');
  git('commit', '-qm', 'one');
  write('src/app.ts', 'text of another version\n');
  git('commit', '-qam', 'two');
  git('tag', 'v1');

  return {
    root,
    outside,
    home,
    world,
    write,
    git,
    use,
    allows,
    link: (path, to) => symlinkSync(to, join(root, path)),
    runsUnasked: (command, more) => {
      const one = use(command, more);
      const stars = proposeRules(one, world).find(({ scope }) => scope === 'reading')?.texts ?? [];
      return stars.length > 0 && stars.every((text) => text.endsWith(' *')) && allows(stars, one);
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
