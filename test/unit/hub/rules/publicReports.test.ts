import assert from 'node:assert/strict';
import { join } from 'node:path';
import { allowedBy, type KeptRule } from '../../../../src/hub/rules/allowedBy.ts';
import { proposeRules } from '../../../../src/hub/rules/proposeRules.ts';
import { parseRule } from '../../../../src/hub/rules/rule.ts';
import type { ToolUse } from '../../../../src/hub/rules/toolUse.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';

// What was reported in public of rules of this kind, and what belongs to the same kinds.

const world = { platform: 'linux', env: {}, home: '/nonexistent' } as const;

function allows(rules: readonly (string | KeptRule)[], use: ToolUse): boolean {
  const kept = rules.map((rule) => (typeof rule === 'string' ? { text: rule } : rule));
  return allowedBy(kept, use, world) !== undefined;
}

const uses = (tool: string, input: object, more: Partial<ToolUse> = {}): ToolUse => ({ tool, input: JSON.stringify(input), ...more });

describe('a program that runs what its arguments name', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
  });
  after(() => workspace.remove());

  // As in the report, and others of the kind.
  const programs = [
    'uv go cargo npm yarn pnpm make dotnet java kubectl gh chronic unbuffer taskset systemd-run xvfb-run toybox rsync sqlite3 less crontab fzf',
    'direnv npx uvx pipx env xargs python3 node deno bun perl ruby php sed awk gawk vim emacs ed tsc eslint prettier pytest jest vitest mocha tox',
    'gradle mvn ant bazel cmake ninja meson just task rake bundle gem composer pip pip3 poetry pdm hatch rye conda nix docker podman ssh scp sftp',
    'curl wget tar zip unzip 7z gzip man info watch time timeout nice nohup setsid stdbuf script expect tmux screen parallel entr strace gdb',
    'ldd patch install ln cp mv rm mkdir touch chmod chown dd tee truncate split csplit shred mktemp jq yq bat fd eza exa delta tig git-lfs hg svn jj',
    'psql mysql redis-cli mongosh aws gcloud az terraform ansible helm flyctl vercel wrangler supabase openssl gpg pass op code cursor claude codex gemini',
  ].flatMap((line) => line.split(' '));

  it('is offered as the exact line only', () => {
    for (const program of programs) {
      for (const command of [`${program} run x`, program, `${program} --help`]) {
        const proposals = proposeRules(workspace.use(command), workspace.world);
        assert.deepEqual(
          proposals.map(({ scope, texts }) => [scope, ...texts]),
          [['exact', `Bash:${command.replace(/^time\b/, "'time'")}`]],
        );
      }
    }
  });

  it('is not allowed by a star that was saved for another use of it', () => {
    for (const [rule, command] of [
      ['Bash:uv run *', 'uv run sh -c id'],
      ['Bash:uv *', 'uv run sh -c id'],
      ['Bash:go *', 'go run evil.go'],
      ['Bash:npm run *', 'npm run evil'],
      ['Bash:make *', 'make SHELL=x'],
      ['Bash:*', 'rm -rf x'],
      ['Bash', 'rm -rf x'],
      ['Bash:git *', 'git push'],
    ] as const) {
      assert.ok(!workspace.allows([rule], workspace.use(command)), rule);
      assert.ok(workspace.allows([{ text: rule, unchecked: true }], workspace.use(command)), rule);
    }
    // What is known to read is still covered by a broader star.
    assert.ok(workspace.allows(['Bash:git *', 'Bash:*'], workspace.use('git log | head -3')));
  });

  it('git log and its kin: not with an option that writes or starts something', () => {
    const rules = ['Bash:git log *', 'Bash:git diff *', 'Bash:git show *'];
    for (const command of [
      'git log -1 -p --output=/tmp/x',
      'git diff --output=.git/config',
      'git show --output=x',
      'git diff --ext-diff',
      'git log --textconv',
      'git log > file',
    ])
      assert.ok(!workspace.allows(rules, workspace.use(command)), command);
    assert.ok(workspace.allows(rules, workspace.use('git log -1 -p')));
  });

  it('is not handed what another command prints by an exact rule', () => {
    assert.ok(workspace.allows(['Bash:cat *', 'Bash:python3 -'], workspace.use('python3 -')));
    assert.ok(!workspace.allows(['Bash:cat *', 'Bash:python3 -'], workspace.use('cat src/app.ts | python3 -')));
    assert.ok(workspace.allows(['Bash:cat src/app.ts | python3 -'], workspace.use('cat src/app.ts | python3 -')));
    assert.ok(workspace.allows(['Bash:npm test', 'Bash:tail *'], workspace.use('npm test | tail -20')));
  });

  it('is not run after something that changes what its name means', () => {
    const rules = [
      'Bash:export PATH=x',
      'Bash:alias npm=x',
      'Bash:. ./x',
      'Bash:npm test',
      'Bash:git log *',
      'Bash:hash -p x git',
      'Bash:pushd src',
    ];
    for (const first of ['export PATH=x', 'alias npm=x', '. ./x', 'hash -p x git', 'pushd src']) {
      for (const second of ['npm test', 'git log']) {
        assert.ok(workspace.allows(rules, workspace.use(second)));
        assert.ok(!workspace.allows(rules, workspace.use(`${first} && ${second}`)), first);
        assert.ok(!workspace.allows(rules, workspace.use(`${first}; ${second}`)), first);
      }
    }
    assert.ok(workspace.allows(['Bash:export PATH=x && npm test'], workspace.use('export PATH=x && npm test')));
  });
});

describe('the folder in which a command runs', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
    workspace.link('out', workspace.outside);
    workspace.link('ui', 'src/ui');
  });
  after(() => workspace.remove());

  it('has to be in the workspace, also for the exact line', () => {
    assert.ok(!allows(['shell:npm test'], uses('shell', { command: 'npm test', workdir: '/tmp/evil' })));
    assert.ok(!allows(['exec_command:git status'], uses('exec_command', { cmd: 'git status', workdir: '/tmp/evil' })));
    assert.ok(!allows(['Bash:cd *', 'Bash:git status'], uses('Bash', { command: 'cd /tmp/evil && git status' })));
    assert.ok(
      !allows([{ text: 'Bash:cd *', unchecked: true }, 'Bash:git status'], uses('Bash', { command: 'cd /tmp/evil && git status' })),
    );

    const inside = (more: object) => workspace.use('', { tool: 'shell', input: JSON.stringify({ command: 'npm test', ...more }) });
    for (const name of ['cwd', 'workdir', 'working_dir', 'dir_path', 'directory']) {
      for (const path of ['/tmp', '..', 'out', 'src/../..', '~', '~/x', '/', 'none', workspace.outside, 1, ['src']]) {
        assert.ok(
          !workspace.allows(['shell:npm test', { text: 'shell', unchecked: true }], inside({ [name]: path })),
          `${name} ${String(path)}`,
        );
      }
      for (const path of ['src', '.', 'ui', workspace.root, join(workspace.root, 'src'), null]) {
        assert.ok(workspace.allows(['shell:npm test'], inside({ [name]: path })), `${name} ${path}`);
      }
    }
    assert.ok(!workspace.allows(['shell:npm test'], inside({ cwd: 'src', workdir: 'src' })));
    assert.ok(!workspace.allows(['Bash:npm test'], workspace.use('npm test', { folder: workspace.outside })));
    assert.ok(workspace.allows(['Bash:npm test'], workspace.use('npm test', { folder: join(workspace.root, 'src') })));
  });

  it('is followed through a line', () => {
    const rules = ['Bash:cd *', 'Bash:ls *', 'Bash:cat *', 'Bash:npm test', { text: 'Bash:* *', unchecked: true }];
    const allowed = [
      'cd src && npm test',
      'cd src && cat ../package.json',
      'cd src/ui && cd .. && ls ..',
      'cd src; ls',
      'cd ui && ls',
      `cd ${workspace.root} && ls`,
      'ls && cd src && ls',
    ];
    const asked = [
      'cd .. && npm test',
      'cd /tmp && ls',
      'cd out && ls',
      'cd && npm test',
      'cd - && ls',
      'cd src | ls',
      'ls | cd src && ls',
      'cd none && ls',
      'cd src; cat ../../outside/x',
      'cd src || ls ..',
      'cd src; ls ../..',
      'cd ui && ls ../../..',
      'cd ui && cd .. && ls',
      'cd src ui && ls',
      'cd -P src && ls',
      'cd s* && ls',
      'cd ~ && ls',
      'cd +1 && ls',
      'false && cd src; ls ..',
    ];
    for (const command of allowed) assert.ok(workspace.allows(rules.slice(0, 4), workspace.use(command)), command);
    for (const command of asked) assert.ok(!workspace.allows(rules.slice(0, 4), workspace.use(command)), command);
    // Where even a rule that isn't checked allows the way, what follows is asked.
    for (const command of ['cd .. && npm test', 'cd /tmp && ls', 'cd out && ls'])
      assert.ok(!workspace.allows(rules, workspace.use(command)), command);
  });

  it('is not known without a workspace, or if the agent says none: then only what is exact counts', () => {
    for (const more of [{ folder: undefined }, { workspaceFolder: undefined }]) {
      assert.ok(workspace.allows(['Bash:npm test'], workspace.use('npm test', more)));
      assert.ok(!workspace.allows(['Bash:ls *'], workspace.use('ls', more)));
    }
  });

  it('is looked at through links', () => {
    const linked = `${workspace.outside}/link`;
    workspace.link('../outside/link', workspace.root);
    assert.ok(workspace.runsUnasked('git log', { workspaceFolder: linked }));
    assert.ok(workspace.runsUnasked('cd src && ls ..', { workspaceFolder: linked, folder: linked }));
    // For the shell, the folder above is that of the link.
    workspace.link('../outside/deep', join(workspace.root, 'src/ui'));
    assert.ok(!workspace.runsUnasked('cd .. && ls', { folder: `${workspace.outside}/deep` }));
  });
});

describe('more than permission to run a command', () => {
  const rules = [{ text: 'Bash', unchecked: true }, 'Bash:npm install', { text: 'Bash:npm *', unchecked: true }];
  const asked: [object, string?][] = [
    [{ description: 'network-access https://registry.example.org:443' }],
    [{ description: 'network-access https://registry.example.org:443' }, 'codex-mcp-client'],
    [{ description: 'Retry without the sandbox?' }, 'codex-mcp-client'],
    [{ justification: 'Needs the network' }],
    [{ justification: 'x' }, 'codex-mcp-client'],
    [{ dangerouslyDisableSandbox: true }],
    [{ with_escalated_permissions: true }],
    [{ sandbox_permissions: 'require_escalated' }],
    [{ additional_permissions: {} }],
    [{ prefix_rule: ['npm'] }],
    [{ tty: true }],
    [{ shell: '/tmp/sh' }],
    [{ env: { PATH: '.' } }],
    [{ environment: [] }],
    [{ timeout: {} }],
    [{ new: false }],
    [{ new: 'x' }],
  ];
  for (const [more, agent] of asked) {
    it(`is asked every time: ${JSON.stringify(more)}${agent === undefined ? '' : ` of ${agent}`}`, () => {
      const use = uses('Bash', { command: 'npm install', ...more }, { agent });
      assert.ok(!allows(rules, use));
      assert.ok(!allows(rules, { ...use, input: JSON.stringify({ command: ['bash', '-lc', 'npm install'], ...more }) }));
      assert.deepEqual(proposeRules(use, world), []);
    });
  }

  it('is asked also where the reason comes beside the input', () => {
    const use = uses('Bash', { command: 'npm install' }, { agent: 'codex-mcp-client' });
    assert.ok(allows(rules, use));
    assert.ok(!allows(rules, { ...use, description: 'network-access https://evil.example:443' }));
    assert.ok(!allows(rules, { ...use, description: 'Retry without the sandbox?' }));
  });

  it('is not what words, times and waiting say', () => {
    const more = { description: 'Installs', timeout: 5, run_in_background: true, dangerouslyDisableSandbox: false, env: null };
    assert.ok(allows(rules.slice(1, 2), uses('Bash', { command: 'npm install', ...more }, { agent: 'claude-code' })));
    const codex = { yield_time_ms: 1, max_output_tokens: 1, login: true, sandbox_permissions: 'use_default', tty: false };
    assert.ok(allows(['exec_command:npm install'], uses('exec_command', { cmd: 'npm install', ...codex }, { agent: 'codex-mcp-client' })));
  });

  it('is asked of tools that are not known, too', () => {
    const input = { query: 'x', sandbox: 'off' };
    assert.ok(!allows(['mcp__x__y', `mcp__x__y:${JSON.stringify(input)}`], uses('mcp__x__y', input)));
    assert.ok(!allows(['WebFetch'], uses('WebFetch', { url: 'x', description: 'network-access https://x' })));
  });
});

describe('a tool that is a shell by another name', () => {
  it('has no rule at all', () => {
    const tools = [
      'write_stdin',
      'request_permissions',
      'Monitor',
      'REPL',
      'KillShell',
      'TaskStop',
      'ExitPlanMode',
      'exit_plan_mode',
      'AskUserQuestion',
      'ask_user',
      'write_bash',
      'send_to_terminal',
      'js_repl',
      'mcp__codex__write_stdin',
      'plan_mode_respond',
    ];
    for (const tool of tools) {
      const use = uses(tool, { session_id: 1, chars: 'y\n', command: 'ls' });
      assert.deepEqual(proposeRules(use, world), [], tool);
      assert.throws(() => parseRule(tool), /There is no rule for/);
      assert.ok(!allows([{ text: tool, unchecked: true }, `${tool}:${use.input}`], use), tool);
    }
  });

  it('has rules for one very input only, if it is not known to be a shell', () => {
    for (const tool of ['execute_bash', 'run_terminal_cmd', 'mcp__db__run', 'PowerShell', 'pwsh']) {
      const use = uses(tool, { command: 'ls' });
      assert.deepEqual(
        proposeRules(use, world).map(({ scope, texts }) => [scope, ...texts]),
        [['exact', `${tool}:{"command":"ls"}`]],
      );
      assert.ok(!allows([`${tool}:{"command":"ls"}`], uses(tool, { command: 'ls; rm -rf ~' })), tool);
      assert.ok(!allows([tool], use), tool);
    }
  });
});

describe('a patch', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
  });
  after(() => workspace.remove());

  const patch = (lines: string) => ({
    tool: 'apply_patch',
    input: JSON.stringify({ command: `*** Begin Patch\n${lines}\n*** End Patch` }),
  });

  it('is no shell line: its rules are about the files in it', () => {
    const use = workspace.use('', patch('*** Update File: src/app.ts\n@@\n-a\n+b\n*** Add File: src/ui/new.ts\n+x'));
    assert.deepEqual(
      proposeRules(use, workspace.world).map(({ texts }) => texts),
      [['apply_patch:src/app.ts', 'apply_patch:src/ui/new.ts'], ['apply_patch:src/**']],
    );
    assert.ok(workspace.allows(['apply_patch:src/**'], use));
    assert.ok(!workspace.allows(['apply_patch:src/*'], use));
  });

  it('is asked as a whole if one of its files is elsewhere or configures something', () => {
    for (const path of ['../x', '/etc/x', '.git/config', 'src/.claude/settings.json', 'AGENTS.md']) {
      for (const verb of ['Update File', 'Add File', 'Delete File', 'Move to']) {
        const use = workspace.use('', patch(`*** Update File: src/app.ts\n*** ${verb}: ${path}\n`));
        assert.ok(!workspace.allows(['apply_patch:**', 'apply_patch'], use), `${verb} ${path}`);
      }
    }
    for (const text of ['*** Frobnicate: src/app.ts', '+x', '*** Update File: ']) {
      assert.ok(!workspace.allows(['apply_patch:**'], workspace.use('', patch(text))), text);
    }
  });
});
