import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { agentIds, detectAgents, systemDetection } from '../../../src/agents/config/connectAgent.ts';
import { bridgeArguments, hookCommand, settledCommand, stopCommand } from '../../../src/agents/config/hookCommand.ts';
import { placesOf } from '../../../src/agents/config/places.ts';
import { serverEntries } from '../../../src/agents/config/serverEntry.ts';
import { agentMachine } from '../../support/agentMachine.ts';
import { workspaceId } from './configFixtures.ts';

describe('agents’ config files', () => {
  const files = (agent: (typeof agentIds)[number], env: Record<string, string>) => {
    const { servers, hooks } = placesOf(agent, { platform: 'linux', env, userHome: '/home/me' }, workspaceId, '/project');
    return [...servers, ...(hooks ? [hooks] : [])].map(({ file }) => file);
  };

  it('are where the agents look for them', () => {
    assert.deepEqual(Object.fromEntries(agentIds.map((agent) => [agent, files(agent, {})])), {
      claudeCode: ['/home/me/.claude.json', '/project/.claude/settings.local.json'],
      codex: ['/home/me/.codex/config.toml', '/home/me/.codex/hooks.json'],
      geminiCli: ['/home/me/.gemini/settings.json', '/home/me/.gemini/settings.json'],
      vscode: ['/project/.vscode/mcp.json'],
      copilotCli: ['/home/me/.copilot/mcp-config.json', `/home/me/.copilot/hooks/agentrq-${workspaceId}.json`],
      agentHost: ['/project/.mcp.json'],
      cursor: ['/home/me/.cursor/mcp.json', '/home/me/.cursor/hooks.json'],
      cline: ['/home/me/.cline/data/settings/cline_mcp_settings.json'],
      opencode: ['/home/me/.config/opencode/opencode.jsonc', '/home/me/.config/opencode/opencode.json'],
    });
  });

  it('follow the variables that the agents follow', () => {
    assert.deepEqual(files('claudeCode', { CLAUDE_CONFIG_DIR: '/c' }), ['/c/.claude.json', '/project/.claude/settings.local.json']);
    assert.deepEqual(files('codex', { CODEX_HOME: '/x' }), ['/x/config.toml', '/x/hooks.json']);
    assert.deepEqual(files('geminiCli', { GEMINI_CLI_HOME: '/g' })[0], '/g/.gemini/settings.json');
    assert.deepEqual(files('copilotCli', { COPILOT_HOME: '/p' })[0], '/p/mcp-config.json');
    assert.deepEqual(files('cline', { CLINE_DIR: '/l' }), ['/l/data/settings/cline_mcp_settings.json']);
    assert.deepEqual(files('cline', { CLINE_DIR: '/l', CLINE_DATA_DIR: '/d' }), ['/d/settings/cline_mcp_settings.json']);
    assert.deepEqual(files('cline', { CLINE_MCP_SETTINGS_PATH: '/s.json', CLINE_DATA_DIR: '/d' }), ['/s.json']);
    assert.deepEqual(files('opencode', { XDG_CONFIG_HOME: '/k' })[1], '/k/opencode/opencode.json');
    assert.deepEqual(files('codex', { CODEX_HOME: '' })[0], '/home/me/.codex/config.toml');
  });

  it('have the names of Windows on Windows', () => {
    const machine = { platform: 'win32', env: {}, userHome: 'C:\\Users\\me', home: 'C:\\Users\\me\\.agentrq' } as const;
    assert.equal(placesOf('codex', machine, workspaceId, undefined).servers[0]?.file, 'C:\\Users\\me\\.codex\\config.toml');
    const target = { machine, workspaceId, reach: { transport: 'bridge' }, folder: 'C:\\project\\a b' } as const;
    // Claude Code takes the drive as the shell that started it wrote it: of two, that of VS Code's terminal is a small letter.
    for (const folder of [target.folder, 'c:\\project\\a b']) {
      const keys = serverEntries('claudeCode', { ...target, folder }, undefined).map(({ path }) => path.slice(0, 2));
      assert.deepEqual(keys, [
        ['projects', 'C:/project/a b'],
        ['projects', 'c:/project/a b'],
      ]);
    }
    const share = serverEntries('claudeCode', { ...target, folder: '\\\\host\\share\\p' }, undefined);
    assert.deepEqual(
      share.map(({ path }) => path[1]),
      ['//host/share/p'],
    );
  });
});

describe('what is started with each tool', () => {
  const guarded = [
    { what: 'before it', write: stopCommand, flag: 'stops', startsWith: true },
    { what: 'after it, to tell what was settled', write: settledCommand, flag: 'quiet', startsWith: false },
  ];
  for (const { what, write, flag, startsWith } of guarded) {
    it(`${what} is our script only ${startsWith ? 'with' : 'without'} a file, whatever the folder is called; what the agent says is read in any case`, () => {
      for (const folder of ['plain', 'a b', "it's", 'a;b', 'a&b|c', '(x)', '~', 'ä', 'a%b']) {
        const root = mkdtempSync(join(tmpdir(), 'agentrq-flag-'));
        const home = join(root, folder);
        mkdirSync(join(home, 'bin'), { recursive: true });
        writeFileSync(
          join(home, 'bin', 'hook.cjs'),
          "process.stdin.resume(); process.stdin.on('end', () => console.log(process.argv.slice(2, 6).join(' ')));",
        );
        const command = write({ home, userHome: root, platform: 'linux' }, 'codex', workspaceId) ?? '';
        // More than fits into a pipe: whoever writes it would fail if nobody read it.
        const input = 'x'.repeat(1_000_000);
        const run = (): string => execFileSync('sh', ['-c', command], { input, encoding: 'utf8' });
        const started = `--agent codex --workspace ${workspaceId}\n`;
        assert.equal(run(), startsWith ? '' : started, folder);
        mkdirSync(join(home, flag));
        writeFileSync(join(home, flag, workspaceId), '');
        assert.equal(run(), startsWith ? started : '', folder);
        rmSync(root, { recursive: true, force: true });
      }
    });

    it(`${what} is nothing on Windows, whose shells have no word for it in common`, () => {
      assert.equal(write({ home: 'C:\\h', userHome: 'C:\\u', platform: 'win32' }, 'codex', workspaceId), undefined);
    });
  }
});

describe('the command of a hook', () => {
  const userHome = '/home/me';

  it('is the same words in a shell, whatever the folder is called', () => {
    for (const folder of ['plain', 'a b', "it's", 'a;b', 'a&b|c', '(x)', '*', '~', '#', 'ä', '!x', '-x', 'a%b']) {
      const home = join('/tmp', folder);
      const line = hookCommand({ home, userHome, platform: 'linux' }, 'codex', workspaceId);
      const words = execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\n' "$word"; done`], { encoding: 'utf8' });
      assert.deepEqual(words.trimEnd().split('\n'), [
        'NODE_OPTIONS=',
        'node',
        join(home, 'bin', 'hook.cjs'),
        '--agent',
        'codex',
        '--workspace',
        workspaceId,
        '--home',
        home,
      ]);
    }
  });

  it('is quoted for every shell of Windows', () => {
    const machine = { home: 'C:\\Users\\Jane Doe\\.agentrq', userHome: 'C:\\Users\\Jane Doe', platform: 'win32' } as const;
    assert.match(
      hookCommand(machine, 'gemini', workspaceId),
      /^node "C:\/Users\/Jane Doe\/\.agentrq\/bin\/hook\.cjs" --agent gemini --workspace /,
    );
    assert.throws(() => hookCommand({ ...machine, home: 'C:\\100%' }, 'gemini', workspaceId), /agentrq\.hub\.home/);
  });

  it('starts whatever NODE_OPTIONS names, also what is gone', () => {
    const home = mkdtempSync(join(tmpdir(), 'agentrq-hook-'));
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'hook.cjs'), 'console.log("here")');
    const line = hookCommand({ home, userHome, platform: 'linux' }, 'codex', workspaceId);
    const env = { PATH: dirname(process.execPath), NODE_OPTIONS: '--require /gone/bootloader.js' };
    for (const shell of ['sh', 'bash'])
      assert.equal(execFileSync(`/bin/${shell}`, ['-c', line], { encoding: 'utf8', env }), 'here\n', shell);
    rmSync(home, { recursive: true });
  });

  it('leaves the folder out where it is the usual one', () => {
    const machine = { home: '/home/me/.agentrq', userHome, platform: 'linux' } as const;
    assert.equal(
      hookCommand(machine, 'cursor', workspaceId),
      `NODE_OPTIONS= node /home/me/.agentrq/bin/hook.cjs --agent cursor --workspace ${workspaceId}`,
    );
    assert.deepEqual(bridgeArguments(machine, workspaceId), ['/home/me/.agentrq/bin/bridge.cjs', '--workspace', workspaceId]);
    assert.deepEqual(bridgeArguments({ ...machine, home: '/h' }, workspaceId).slice(3), ['--home', '/h']);
  });

  it('is not made for a folder that an agent would misread', () => {
    for (const home of ['/a$HOME', '/a`id`', '/a"b', '/{env:X}', '/a\nb', '/a\\b']) {
      const machine = { home, userHome, platform: 'linux' } as const;
      assert.throws(() => hookCommand(machine, 'codex', workspaceId), { code: 'unknown' }, home);
      assert.throws(() => bridgeArguments(machine, workspaceId), { code: 'unknown' }, home);
    }
  });
});

describe('detecting agents', () => {
  it('finds those whose folder or program is there', async () => {
    const found = await detectAgents({
      platform: 'linux',
      env: { CODEX_HOME: '/x' },
      userHome: '/home/me',
      exists: async (folder) => ['/x', '/home/me/.gemini'].includes(folder),
      which: async (program) => (['gemini', 'opencode'].includes(program) ? `/bin/${program}` : undefined),
    });
    assert.deepEqual(found, [
      { agent: 'codex', folder: '/x' },
      { agent: 'geminiCli', folder: '/home/me/.gemini', program: '/bin/gemini' },
      { agent: 'opencode', program: '/bin/opencode' },
    ]);
  });

  it('looks on the disk and on the PATH', async () => {
    const machine = agentMachine();
    try {
      const bin = join(machine.userHome, 'bin');
      for (const [name, rights] of [
        ['codex', 0o755],
        ['gemini', 0o644],
      ] as const) {
        machine.put(join(bin, name), '#!/bin/sh\n');
        chmodSync(join(bin, name), rights);
      }
      mkdirSync(join(bin, 'cursor'));
      mkdirSync(join(machine.userHome, '.cline', 'data'), { recursive: true });
      machine.put(join(machine.userHome, '.claude'), 'not a folder');
      const found = await detectAgents(systemDetection({ ...machine, env: { PATH: ['', '/nowhere', bin].join(delimiter) } }));
      assert.deepEqual(found, [
        { agent: 'codex', program: join(bin, 'codex') },
        { agent: 'cline', folder: join(machine.userHome, '.cline', 'data') },
      ]);
    } finally {
      machine.dispose();
    }
  });
});
