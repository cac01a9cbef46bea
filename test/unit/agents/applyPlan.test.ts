import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AgentId,
  applyFresh,
  applyPlan,
  listConnections,
  type Machine,
  planConnection,
  planDisconnection,
  systemDisk,
} from '../../../src/agents/config/connectAgent.ts';
import { type AgentMachine, agentMachine } from '../../support/agentMachine.ts';
import { agentFiles, reach, workspaceId } from './configFixtures.ts';

describe('applying what was planned for an agent', () => {
  let machine: AgentMachine;
  let settings: string;
  beforeEach(() => {
    machine = agentMachine({ git: async () => 128 });
    settings = join(machine.userHome, '.gemini', 'settings.json');
  });
  afterEach(() => machine.dispose());

  const plan = (agent: AgentId, on: Machine = machine) =>
    planConnection(on, { agent, workspaceId, folder: machine.project, reach, hooks: true });
  const undo = (agent: AgentId) => planDisconnection(machine, { agent, workspaceId, folder: machine.project });
  const mode = (path: string) => statSync(path).mode & 0o777;

  it('is refused if a file changed since, and changes nothing', async () => {
    for (const [before, now] of [
      ['{}', '{ }'],
      ['{}', undefined],
      [undefined, '{}'],
    ]) {
      machine.put(settings, before);
      const planned = await plan('geminiCli');
      machine.put(settings, now);
      await assert.rejects(applyPlan(machine, planned), { code: 'changed', message: /was changed a moment ago/ });
      assert.equal(machine.text(settings), now);
      assert.deepEqual(await listConnections(machine), []);
    }
  });

  it('looks at each file again as late as can be', async () => {
    for (const [path, text] of Object.entries(agentFiles.codex(machine))) machine.put(path, text);
    const before = machine.everything();
    const late = join(machine.userHome, '.codex', 'hooks.json');
    const busy: Machine = {
      ...machine,
      disk: {
        ...systemDisk,
        async write(target, text, rights) {
          await systemDisk.write(target, text, rights);
          if (target.endsWith('config.toml')) machine.put(late, '{"hooks": {}}');
        },
      },
    };
    await assert.rejects(applyPlan(busy, await plan('codex')), { code: 'changed' });
    assert.equal(machine.text(late), '{"hooks": {}}');
    machine.put(late, before['/home/.codex/hooks.json']);
    assert.deepEqual(machine.everything(), before, 'what was written already is put back');
    assert.deepEqual(await listConnections(machine), []);
  });

  it('is refused if another window connected something since', async () => {
    const planned = await plan('geminiCli');
    await applyPlan(machine, await plan('cursor'));
    await assert.rejects(applyPlan(machine, planned), { code: 'changed', message: /connections\.json/ });
    assert.equal(machine.text(settings), undefined);
  });

  it('is planned anew for a file that its agent writes all the time', async () => {
    const state = join(machine.userHome, '.claude.json');
    machine.put(state, '{"numStartups": 1}');
    const planned = await plan('claudeCode');
    machine.put(state, '{"numStartups": 2}');
    await applyFresh(machine, planned, () => plan('claudeCode'));
    assert.match(machine.text(state) ?? '', /"numStartups": 2.*agentrq-/);

    await applyPlan(machine, await undo('claudeCode'));
    assert.equal(machine.text(state), '{"numStartups": 2}');
    const again = await plan('claudeCode');
    machine.put(state, undefined);
    await assert.rejects(
      applyFresh(machine, again, () => plan('claudeCode')),
      { code: 'changed' },
      'to make a file is something else than to change it',
    );
    let writes = 0;
    await assert.rejects(
      applyFresh(machine, again, async () => {
        machine.put(state, `{"numStartups": ${(writes += 1)}}`);
        const next = await plan('claudeCode');
        machine.put(state, '{"numStartups": 0}');
        return next;
      }),
      { code: 'changed' },
    );
    assert.equal(writes, 4);
  });

  it('keeps the rights of a file, and gives a new one with a token to the user alone', async () => {
    machine.put(settings, '{}');
    for (const rights of [0o600, 0o640, 0o644, 0o664]) {
      chmodSync(settings, rights);
      const planned = await plan('geminiCli');
      assert.equal(planned.edits[0]?.readableByOthers, (rights & 0o044) !== 0);
      await applyPlan(machine, planned);
      assert.equal(mode(settings), rights);
      await applyPlan(machine, await undo('geminiCli'));
      assert.equal(mode(settings), rights);
    }
    const planned = await plan('cursor');
    assert.deepEqual(
      planned.edits.map(({ holdsToken, readableByOthers }) => [holdsToken, readableByOthers]),
      [
        [true, false],
        [false, false],
      ],
    );
    await applyPlan(machine, planned);
    assert.equal(mode(join(machine.userHome, '.cursor', 'mcp.json')), 0o600);
    assert.equal(mode(join(machine.userHome, '.cursor')), 0o700);
    const shared = await planConnection(machine, {
      agent: 'agentHost',
      workspaceId,
      folder: machine.project,
      reach: { transport: 'bridge' },
      hooks: true,
    });
    await applyPlan(machine, shared);
    assert.equal(mode(join(machine.project, '.mcp.json')), 0o644);
  });

  it('writes through links, and leaves them links', async () => {
    const dotfiles = join(machine.userHome, 'dotfiles');
    machine.put(join(dotfiles, 'gemini.json'), '{"a": 1}\n');
    mkdirSync(join(machine.userHome, '.gemini'));
    symlinkSync(join('..', 'dotfiles', 'gemini.json'), settings);
    symlinkSync(join('dotfiles', 'cursor'), join(machine.userHome, '.cursor'));
    mkdirSync(join(machine.userHome, '.codex'));
    symlinkSync(join(dotfiles, 'not there yet', 'config.toml'), join(machine.userHome, '.codex', 'config.toml'));
    mkdirSync(join(dotfiles, 'cursor'));
    const agents = ['geminiCli', 'cursor', 'codex'] as const;
    for (const agent of agents) await applyPlan(machine, await plan(agent));
    assert.ok(lstatSync(settings).isSymbolicLink());
    for (const path of ['gemini.json', 'cursor/mcp.json', 'cursor/hooks.json', 'not there yet/config.toml']) {
      assert.match(machine.text(join(dotfiles, path)) ?? '', /agentrq-|hook\.cjs/, path);
    }
    for (const agent of agents) await applyPlan(machine, await undo(agent));
    assert.ok(lstatSync(settings).isSymbolicLink());
    assert.equal(machine.text(settings), '{"a": 1}\n');
    assert.deepEqual(new Set(readdirSync(dotfiles)), new Set(['cursor', 'gemini.json']));
    assert.deepEqual(readdirSync(join(dotfiles, 'cursor')), []);
    symlinkSync('turn', join(machine.userHome, 'round'));
    symlinkSync('round', join(machine.userHome, 'turn'));
    machine.env = { CODEX_HOME: join(machine.userHome, 'turn') };
    await assert.rejects(plan('codex'));
  });

  it('refuses what is not a text file', async () => {
    for (const make of [
      () => mkdirSync(settings, { recursive: true }),
      () => machine.put(settings, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    ]) {
      make();
      await assert.rejects(plan('geminiCli'), { code: 'unreadable' });
      machine.dispose();
      machine = agentMachine({ git: async () => 128 });
      settings = join(machine.userHome, '.gemini', 'settings.json');
    }
  });

  it('is refused for a read-only file, and nothing is half done', async () => {
    for (const [path, text] of Object.entries(agentFiles.codex(machine))) machine.put(path, text);
    chmodSync(join(machine.userHome, '.codex', 'hooks.json'), 0o444);
    const before = machine.everything();
    await assert.rejects(applyPlan(machine, await plan('codex')), { code: 'not-writable', message: /hooks\.json is read-only/ });
    assert.deepEqual(machine.everything(), before);
    assert.deepEqual(await listConnections(machine), []);
  });

  for (const failing of [1, 2, 3]) {
    it(`puts everything back if write ${failing} fails`, async () => {
      for (const present of [true, false]) {
        for (const [path, text] of Object.entries(agentFiles.codex(machine))) machine.put(path, present ? text : undefined);
        const before = machine.everything();
        let writes = 0;
        const planned = await plan('codex');
        const full: Machine = {
          ...machine,
          disk: {
            ...systemDisk,
            async write(target, text, rights) {
              writes += 1;
              if (writes === failing) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
              await systemDisk.write(target, text, rights);
            },
          },
        };
        const last = join(machine.userHome, '.codex', failing === 2 ? 'config.toml' : 'hooks.json');
        await assert.rejects(applyPlan(full, planned), (error: Error) => {
          assert.ok(error.message.includes(failing === 1 ? 'connections.json' : last), error.message);
          assert.match(error.message, /so nothing was changed\. .*no space left/);
          return true;
        });
        assert.deepEqual(machine.everything(), before);
        assert.deepEqual(await listConnections(machine), []);
      }
    });
  }

  it('leaves alone what an agent writes while it is being put back', async () => {
    machine.put(join(machine.userHome, '.codex', 'config.toml'), 'a = 1\n');
    const planned = await plan('codex');
    const busy: Machine = {
      ...machine,
      disk: {
        ...systemDisk,
        async write(target, text, rights) {
          if (target.endsWith('hooks.json')) {
            machine.put(join(machine.userHome, '.codex', 'config.toml'), 'b = 2\n');
            throw new Error('no');
          }
          await systemDisk.write(target, text, rights);
        },
      },
    };
    await assert.rejects(applyPlan(busy, planned), /config\.toml could not be put back/);
    assert.equal(machine.text(join(machine.userHome, '.codex', 'config.toml')), 'b = 2\n');
    assert.equal((await listConnections(machine)).length, 1, 'what may be left of ours is known');
  });

  it('leaves no draft when the disk refuses', async () => {
    machine.put(settings, '{}');
    mkdirSync(join(machine.userHome, 'folder'));
    await assert.rejects(systemDisk.write(join(machine.userHome, 'folder'), 'text', 0o600));
    await systemDisk.write(settings, '[]', 0o600);
    assert.deepEqual(readdirSync(machine.userHome).toSorted(), ['.gemini', 'folder']);
    assert.deepEqual(readdirSync(join(machine.userHome, '.gemini')), ['settings.json']);
  });

  it('keeps copies for the user alone, the newest ten of each file', async () => {
    machine.put(settings, '{"a": 1}');
    const { backups } = await applyPlan(machine, await plan('geminiCli'));
    assert.deepEqual(
      backups.map(({ file, copy }) => [file, readFileSync(copy, 'utf8'), mode(copy)]),
      [[settings, '{"a": 1}', 0o600]],
    );
    const folder = join(machine.home, 'backups');
    assert.equal(mode(folder), 0o700);
    await applyPlan(machine, await undo('geminiCli'));
    machine.put(join(machine.userHome, '.cursor', 'mcp.json'), '{}');
    await applyPlan(machine, await plan('cursor'));
    for (let count = 0; count < 12; count += 1) {
      machine.put(settings, JSON.stringify({ count }));
      await applyPlan(machine, await plan('geminiCli'));
      await applyPlan(machine, await undo('geminiCli'));
    }
    const names = readdirSync(folder);
    assert.equal(names.filter((name) => name.endsWith('settings.json')).length, 10);
    assert.equal(names.filter((name) => name.endsWith('mcp.json')).length, 1);
    const texts = new Set(names.filter((name) => name.endsWith('settings.json')).map((name) => readFileSync(join(folder, name), 'utf8')));
    assert.ok(texts.has('{"count":11}') && texts.has('{"count":7}') && !texts.has('{"a": 1}'));
  });

  it('notes what was written where, for the user alone', async () => {
    await applyPlan(machine, await plan('cursor'));
    assert.equal(mode(join(machine.home, 'connections.json')), 0o600);
    assert.equal(mode(machine.home), 0o700);
    const [connection, ...others] = await listConnections(machine);
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(connection, {
      agent: 'cursor',
      workspaceId,
      folder: machine.project,
      transport: 'http',
      hooks: true,
      connectedAt: '2026-01-01T00:00:00.000Z',
      files: [
        { file: join(machine.userHome, '.cursor', 'mcp.json'), scope: 'user', holdsToken: true },
        { file: join(machine.userHome, '.cursor', 'hooks.json'), scope: 'user', holdsToken: false },
      ],
    });
    machine.put(join(machine.home, 'connections.json'), '{"version": 2}');
    await assert.rejects(plan('cursor'), { code: 'unreadable', message: /Restore it from a backup/ });
  });
});
