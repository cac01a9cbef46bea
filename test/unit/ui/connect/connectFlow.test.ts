import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../../support/waitFor.ts';
import type { Act } from '../support/fakePrompts.ts';
import { setUpConnect, token, workspaceId } from './setUp.ts';

const direct: Act[] = [{ pick: ['Directly'] }, { pick: ['With Hooks'] }];
const claude: Act[] = [{ pick: ['Claude Code'] }, ...direct];

describe('connecting an agent', () => {
  let person: ReturnType<typeof setUpConnect>;
  afterEach(() => person.machine.dispose());

  function begin(...script: Act[]): typeof person {
    person = setUpConnect(...script);
    return person;
  }

  it('offers the agents of this machine first', async () => {
    const { connect, prompts, system } = begin('escape');
    system.found = ['geminiCli', 'cline'];
    await connect.connectAgent();
    const shown = prompts.shown[0];
    assert.ok(shown?.kind === 'pick');
    assert.deepEqual(shown.labels.slice(0, 3), ['Gemini CLI', 'Cline', 'Claude Code']);
    assert.deepEqual(
      shown.items.slice(0, 3).map(({ description }) => description),
      ['found', 'found', ''],
    );
    assert.equal(shown.labels.at(-1), 'Another Agent…');
  });

  it('proposes the bridge, which lets the hub prove itself, and says what an address costs before it is chosen', async () => {
    const { connect, prompts } = begin({ pick: ['Claude Code'] }, 'escape');
    await connect.connectAgent();
    const shown = prompts.shown.at(-1);
    assert.ok(shown?.kind === 'pick');
    const [first, second, third] = shown.items;
    assert.deepEqual([first?.label, first?.description], ['Review Changes', 'recommended: bridge, with hooks']);
    assert.match(first?.detail ?? '', /talks to your hub only/);
    assert.equal(second?.label, 'Through a Bridge');
    assert.equal(third?.label, 'Directly');
    assert.match(third?.detail ?? '', /a program on its port gets it and can answer hooks/);
  });

  it('connects as recommended in one step, and starts the agent in a terminal at its end', async () => {
    const { connect, machine, editor, system, prompts } = begin(
      { pick: ['Claude Code'] },
      { pick: ['Review Changes'] },
      { pick: ['Write 2 Files'] },
      { press: 'Start It in a Terminal' },
    );
    system.programs = { claudeCode: '/usr/bin/claude' };
    const connecting = connect.connectAgent();
    await waitFor('the check', () => editor.list !== undefined);
    editor.take('Stop');
    await connecting;
    assert.match(machine.text(join(machine.userHome, '.claude.json')) ?? '', /bridge\.cjs/);
    assert.match(machine.text(join(machine.project, '.claude', 'settings.local.json')) ?? '', /PermissionRequest/);
    assert.doesNotMatch(JSON.stringify(machine.everything()), /arq_/);
    assert.deepEqual(editor.started, [['Claude Code', '/usr/bin/claude', machine.project]]);
    assert.deepEqual(
      prompts.shown.slice(0, 4).map((shown) => shown.kind),
      ['pick', 'pick', 'pick', 'explain'],
    );
  });

  it('recommends nothing that would not run: without Node there are only the options', async () => {
    const { connect, prompts, system } = begin({ pick: ['Claude Code'] }, 'escape');
    system.node = undefined;
    await connect.connectAgent();
    const shown = prompts.shown.at(-1);
    assert.ok(shown?.kind === 'pick');
    assert.deepEqual(shown.labels, ['Through a Bridge', 'Directly', 'Copy the Entry…']);
  });

  it('offers opencode, which has no hooks of its own, waking by a plugin, and only through the bridge', async () => {
    const offered: (readonly string[])[] = [];
    for (const way of ['Through a Bridge', 'Directly']) {
      const { connect, prompts, machine } = begin({ pick: ['opencode'] }, { pick: [way] }, 'escape');
      await connect.connectAgent();
      const shown = prompts.shown.at(-1);
      offered.push(shown?.kind === 'pick' ? shown.labels : []);
      machine.dispose();
    }
    assert.deepEqual(offered[0], ['Hooks and Waking', 'Without Hooks']);
    assert.doesNotMatch(String(offered[1]), /Hooks/);
    const { connect, machine, prompts } = begin(
      { pick: ['opencode'] },
      { pick: ['Through a Bridge'] },
      { pick: ['Hooks and Waking'] },
      { pick: ['Write 1 File'] },
      'escape',
    );
    await connect.connectAgent();
    assert.match(machine.text(join(machine.userHome, '.config', 'opencode', 'opencode.json')) ?? '', /opencode\.mjs\?workspace=/);
    const asked = prompts.shown[2];
    assert.match(asked?.kind === 'pick' ? (asked.items[0]?.detail ?? '') : '', /plugin .* which may cost you/);
  });

  it('shows every file as it is and as it will be, without the token, and writes only when it is told to', async () => {
    let writtenBefore: unknown;
    const { connect, machine, editor, prompts, system } = begin(...claude, {
      meanwhile: () => (writtenBefore = machine.everything()),
      then: { pick: ['Write 2 Files'] },
    });
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, '{ "theme": "dark" }\n');
    const before = machine.everything();
    await connect.connectAgent();
    assert.deepEqual(writtenBefore, before);
    assert.deepEqual(
      editor.diffs.map(({ title, name }) => [title, name]),
      [
        ['~/.claude.json: as it is ↔ as it will be', '.claude.json'],
        ['a project/.claude/settings.local.json: as it is ↔ as it will be', 'settings.local.json'],
      ],
    );
    const [first] = editor.diffs;
    assert.equal(first?.before, '{ "theme": "dark" }\n');
    assert.match(first?.after ?? '', /Bearer arq_…••••"/);
    assert.doesNotMatch(JSON.stringify([editor.diffs, prompts.shown]), /arq_\w/, 'the token is shown nowhere');
    assert.match(machine.text(config) ?? '', new RegExp(`Bearer ${token}"`), 'and is written whole');
    assert.equal(system.installs, 1);
    assert.equal(editor.open, 0, 'the differences are closed');
    const last = prompts.shown.at(-1);
    assert.ok(last?.kind === 'explain');
    assert.equal(last.title, 'Claude Code is set up for shop');
    assert.match(last.detail, /Start Claude Code again in .*a project/);
    assert.match(last.detail, /Backups are in ~\/\.agentrq\/backups/);
    assert.deepEqual([last.buttons, last.closing], [['Check the Connection', 'Not Now'], 1], 'what is written is not cancelled');
  });

  it('names every file, whether it is new and whether the token goes into it', async () => {
    const { connect, prompts, machine } = begin(...claude, 'escape');
    machine.put(join(machine.userHome, '.claude.json'), '{}');
    chmodSync(join(machine.userHome, '.claude.json'), 0o600);
    await connect.connectAgent();
    const shown = prompts.shown.at(-1);
    assert.ok(shown?.kind === 'pick');
    assert.deepEqual(
      shown.items.map(({ label, description }) => [label, description]),
      [
        ['~/.claude.json', 'holds a token'],
        ['a project/.claude/settings.local.json', 'new file'],
        ['Write 2 Files', 'backups go to ~/.agentrq/backups'],
        ['Cancel', undefined],
      ],
    );
  });

  it('writes nothing on Escape or Cancel, and installs nothing', async () => {
    for (const act of ['escape', { pick: ['Cancel'] }] as const) {
      const { connect, machine, system, editor } = begin(...claude, act);
      const before = machine.everything();
      await connect.connectAgent();
      assert.deepEqual(machine.everything(), before);
      assert.equal(machine.text(join(machine.home, 'connections.json')), undefined);
      assert.deepEqual([system.installs, editor.open], [0, 0]);
      machine.dispose();
    }
  });

  it('gives the difference of a file the screen, where it is written or discarded by the buttons of its title', async () => {
    for (const verdict of ['write', 'cancel'] as const) {
      const { connect, editor, machine, prompts } = begin(...claude, { pick: ['a project/.claude/settings.local.json'] }, 'escape');
      editor.onLook = () => {
        setImmediate(() => {
          assert.deepEqual(
            prompts.offered.map(({ text, command }) => [text, command]),
            [['$(check) Write 2 Files', 'agentrq.writeChanges']],
          );
          assert.equal(machine.text(join(machine.userHome, '.claude.json')), undefined, 'nothing is written yet');
          connect.decide(verdict);
        });
      };
      await connect.connectAgent();
      assert.deepEqual([editor.front, editor.open, prompts.offered], [[1], 0, []]);
      assert.equal(machine.text(join(machine.userHome, '.claude.json')) !== undefined, verdict === 'write');
      machine.dispose();
    }
  });

  it('warns of a file that others can read, and offers the bridge', async () => {
    const { connect, machine, prompts } = begin(...claude, { pick: ['Connect Through a Bridge Instead'] }, { pick: ['Write 2 Files'] });
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, '{}');
    chmodSync(config, 0o644);
    await connect.connectAgent();
    const review = prompts.shown.find((shown) => shown.kind === 'pick' && /Nothing is written yet/.test(shown.options.placeholder));
    assert.ok(review?.kind === 'pick');
    assert.equal(review.items[0]?.description, 'holds a token · others on this machine can read it');
    assert.match(machine.text(config) ?? '', /bridge\.cjs/);
    assert.doesNotMatch(JSON.stringify(machine.everything()), /arq_/);
  });

  it('offers the bridge where git would track the token', async () => {
    const { connect, machine, prompts } = begin(...claude, { press: 'Connect Through a Bridge' }, { pick: ['Write 2 Files'] });
    machine.git = async () => 0;
    await connect.connectAgent();
    assert.match(JSON.stringify(prompts.shown), /is tracked by git/);
    assert.match(machine.text(join(machine.userHome, '.claude.json')) ?? '', /bridge\.cjs/);
    assert.doesNotMatch(JSON.stringify(machine.everything()), /arq_/);
  });

  it('writes no file into a project that is not trusted, and says so', async () => {
    const { connect, machine, editor, prompts } = begin(...claude, { press: 'Connect Without Hooks' }, { pick: ['Write 2 Files'] });
    editor.trusted = false;
    await connect.connectAgent();
    assert.match(JSON.stringify(prompts.shown), /You don’t trust this folder/);
    assert.match(machine.text(join(machine.userHome, '.claude.json')) ?? '', /agentrq-/);
    assert.equal(machine.text(join(machine.project, '.claude', 'settings.local.json')), undefined);

    machine.dispose();
    const host = begin({ pick: ['VS Code Agent Host'] });
    host.editor.trusted = false;
    await host.connect.connectAgent();
    assert.equal(host.machine.text(join(host.machine.project, '.mcp.json')), undefined);
    assert.match(JSON.stringify(host.prompts.shown), /You don’t trust this folder/);
  });

  it('writes what the user agreed to although the file changed in between, and nothing if it would be something else', async () => {
    const { connect, machine } = begin(...claude, {
      meanwhile: () => machine.put(join(machine.userHome, '.claude.json'), '{ "theme": "light" }'),
      then: { pick: ['Write 2 Files'] },
    });
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, '{ "theme": "dark" }');
    await connect.connectAgent();
    assert.match(machine.text(config) ?? '', /"light".*agentrq-/s);

    machine.dispose();
    const other = begin(
      ...claude,
      { meanwhile: () => other.machine.put(join(other.machine.userHome, '.claude.json'), undefined), then: { pick: ['Write 2 Files'] } },
      { press: 'Open File' },
    );
    const path = join(other.machine.userHome, '.claude.json');
    other.machine.put(path, '{}');
    await other.connect.connectAgent();
    assert.match(other.prompts.texts.at(-1) ?? '', /was changed a moment ago, so nothing was written/);
    assert.deepEqual(other.editor.files, [path]);
    assert.equal(other.machine.text(join(other.machine.home, 'connections.json')), undefined);
  });

  it('leads to the file that it can’t read', async () => {
    const { connect, machine, prompts, editor } = begin(...claude, { press: 'Open File' });
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, '{ "a": }');
    await connect.connectAgent();
    assert.match(prompts.texts.at(-1) ?? '', /can’t be read: line 1/);
    assert.deepEqual(editor.files, [config]);
    assert.equal(machine.text(config), '{ "a": }');
  });

  it('says what it can do with one that is connected', async () => {
    const { connect, machine, prompts } = begin(...claude, { pick: ['Write 2 Files'] }, 'escape');
    const before = machine.everything();
    await connect.connectAgent();
    prompts.will({ pick: ['Claude Code'] }, { pick: ['Connect Again'] }, { pick: ['Through a Bridge'] }, { pick: ['Without Hooks'] });
    prompts.will({ pick: ['Write 3 Files'] }, 'escape');
    await connect.connectAgent();
    assert.doesNotMatch(JSON.stringify(machine.everything()), /arq_|PermissionRequest/);
    prompts.will({ pick: ['Claude Code'] }, { pick: ['Disconnect…'] }, { pick: ['Change 2 Files'] });
    await connect.connectAgent();
    assert.deepEqual(machine.everything(), before);
    const again = prompts.shown.findLast((shown) => shown.kind === 'pick' && shown.options.placeholder === 'Which agent do you use?');
    assert.ok(again?.kind === 'pick');
    assert.equal(again.items.find(({ label }) => label === 'Claude Code')?.description, 'set up for shop');
  });

  it('has nothing to do for VS Code, unless the editor takes no servers from extensions', async () => {
    const { connect, prompts, machine, editor } = begin({ pick: ['VS Code'] });
    await connect.connectAgent();
    assert.equal(prompts.texts.at(-1), 'VS Code is already connected');
    editor.hasMcp = false;
    prompts.will({ pick: ['VS Code'] }, { pick: ['Through a Bridge'] }, { pick: ['Write 1 File'] });
    await connect.connectAgent();
    assert.match(machine.text(join(machine.project, '.vscode', 'mcp.json')) ?? '', /"servers".*bridge\.cjs/s);
  });

  it('connects the Agent Host by the bridge, without asking how', async () => {
    const { connect, machine } = begin({ pick: ['VS Code Agent Host'] }, { pick: ['Write 1 File'] });
    await connect.connectAgent();
    assert.match(machine.text(join(machine.project, '.mcp.json')) ?? '', /bridge\.cjs/);
  });

  it('tells what is left to do in Codex', async () => {
    const { connect, prompts } = begin({ pick: ['Codex'] }, ...direct, { pick: ['Write 2 Files'] }, 'escape');
    await connect.connectAgent();
    const last = prompts.shown.at(-1);
    assert.ok(last?.kind === 'explain');
    assert.match(last.detail, /enter \/hooks in it/);
  });

  it('copies an entry for an agent that it doesn’t know, and asks for the token only then', async () => {
    const { connect, editor, api, machine, system } = begin({ pick: ['Another Agent…'] }, 'escape');
    await connect.connectAgent();
    assert.deepEqual([api.calls, editor.copied], [[], []]);
    person.prompts.will({ pick: ['Another Agent…'] }, { press: 'Copy Entry with Address' });
    await connect.connectAgent();
    assert.deepEqual(JSON.parse(editor.copied[0] ?? ''), {
      mcpServers: {
        [`agentrq-${workspaceId}`]: {
          type: 'http',
          url: `http://127.0.0.1:41837/mcp/${workspaceId}`,
          headers: { Authorization: `Bearer ${token}` },
        },
      },
    });
    person.prompts.will({ pick: ['Another Agent…'] }, { press: 'Copy Entry with Bridge' });
    await connect.connectAgent();
    const script = join(machine.home, 'bin', 'bridge.cjs');
    assert.deepEqual(JSON.parse(editor.copied[1] ?? ''), {
      mcpServers: {
        [`agentrq-${workspaceId}`]: {
          type: 'stdio',
          command: 'node',
          args: [script, '--workspace', workspaceId],
          env: { NODE_OPTIONS: '' },
        },
      },
    });
    assert.equal(system.installs, 1, 'the script that it names is there');
  });

  it('copies the entry of one that it knows, in its own form', async () => {
    const { connect, editor, machine } = begin({ pick: ['Codex'] }, { pick: ['Copy the Entry…'] }, { press: 'Copy Entry with Address' });
    const before = machine.everything();
    await connect.connectAgent();
    assert.match(editor.copied[0] ?? '', /^\[mcp_servers\.agentrq-0h8b1P7TX5V\]\nurl = /);
    assert.deepEqual(machine.everything(), before);
  });
});

describe('disconnecting an agent', () => {
  let person: ReturnType<typeof setUpConnect>;
  beforeEach(async () => {
    person = setUpConnect(...claude, { pick: ['Write 2 Files'] }, 'escape');
    person.machine.put(join(person.machine.userHome, '.claude.json'), original);
    await person.connect.connectAgent();
  });
  afterEach(() => person.machine.dispose());
  const original = '{\n\t"theme": "dark" }';

  it('shows what goes, leaves the files as they were, and can be undone', async () => {
    const { connect, machine, prompts, editor } = person;
    const config = join(machine.userHome, '.claude.json');
    const written = machine.everything();
    prompts.will(
      { pick: ['Claude Code'] },
      { pick: ['Change 2 Files'] },
      {
        meanwhile: () => assert.equal(machine.text(config), original),
        then: { press: 'Undo' },
      },
    );
    await connect.disconnectAgent();
    assert.deepEqual(machine.everything(), written, 'byte for byte as before');
    const shown = prompts.shown.findLast((each) => each.kind === 'pick');
    assert.ok(shown?.kind === 'pick');
    assert.deepEqual(
      shown.items.slice(0, 2).map(({ label, description }) => [label, description]),
      [
        ['~/.claude.json', ''],
        ['a project/.claude/settings.local.json', 'is removed'],
      ],
    );
    assert.equal(editor.diffs.at(-2)?.after, original);
    assert.doesNotMatch(JSON.stringify(editor.diffs), /arq_\w/);
    prompts.will({ pick: ['Claude Code'] }, { pick: ['Change 2 Files'] }, 'escape');
    await connect.disconnectAgent();
    assert.equal(machine.text(config), original);
    prompts.will('escape');
    await connect.disconnectAgent();
    assert.match(prompts.texts.at(-1) ?? '', /nothing to remove/);
  });

  it('says which part the user has changed, and goes on only if they want it', async () => {
    const { connect, machine, prompts } = person;
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, machine.text(config)?.replace('3600000', '1000'));
    const changed = machine.everything();
    prompts.will({ pick: ['Claude Code'] }, 'escape');
    await connect.disconnectAgent();
    const shown = prompts.shown.at(-1);
    assert.ok(shown?.kind === 'pick');
    assert.match(shown.items[0]?.detail ?? '', /You changed this after AgentRQ wrote it.*agentrq-0h8b1P7TX5V/);
    assert.deepEqual(machine.everything(), changed);
  });
});
