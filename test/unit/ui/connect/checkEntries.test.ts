import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { listConnections } from '../../../../src/agents/config/connectAgent.ts';
import { waitFor } from '../../../support/waitFor.ts';
import type { Act } from '../support/fakePrompts.ts';
import { workspace } from '../support/fixtures.ts';
import { setUpConnect, workspaceId } from './setUp.ts';

const connecting = (how: string, hooks: string): Act[] => [
  { pick: ['Claude Code'] },
  { pick: [how] },
  { pick: [hooks] },
  { pick: ['Write 2 Files'] },
  'escape',
];

describe('an entry that an agent has written away', () => {
  let person: ReturnType<typeof setUpConnect>;
  let file: string;
  const old = '{\n  "numStartups": 212\n}\n';
  afterEach(() => {
    person.connect.dispose();
    person.machine.dispose();
  });

  async function connected(how: string, ...script: Act[]): Promise<string> {
    return connectedWith('Without Hooks', how, ...script);
  }

  async function connectedWith(hooks: string, how: string, ...script: Act[]): Promise<string> {
    person = setUpConnect(...connecting(how, hooks), ...script);
    const { machine, connect } = person;
    file = join(machine.userHome, '.claude.json');
    machine.put(file, old);
    await connect.connectAgent();
    const text = machine.text(file) ?? '';
    assert.match(text, /agentrq-/);
    person.prompts.shown.length = 0;
    return text;
  }

  /** What a session does that has the file in memory. */
  function writeAway(text = old): void {
    person.machine.put(file, text);
  }

  const asked = (): string[] => person.prompts.texts.filter((text) => text.includes('is gone from'));

  for (const how of ['Directly', 'Through a Bridge']) {
    it(`is noticed soon after connecting, and written again as it was: ${how}`, async () => {
      const text = await connected(how, { press: 'Write Again' });
      writeAway();
      person.clock.advance(15_000);
      await waitFor('the entry', () => person.machine.text(file) === text);
      assert.match(asked()[0] ?? '', /The entry of AgentRQ for shop is gone from ~\/\.claude\.json: Claude Code can’t reach you/);
      assert.equal((await listConnections(person.machine)).length, 1);
      assert.deepEqual(
        person.prompts.shown.filter(({ kind }) => kind === 'pick'),
        [],
        'what was agreed to once is not asked again',
      );
    });
  }

  it('is noticed at the start, and asked about once', async () => {
    await connected('Through a Bridge', 'escape');
    writeAway('{"numStartups": 213}');
    await person.connect.checkEntries();
    await person.connect.checkEntries();
    assert.equal(asked().length, 1);
    assert.equal(person.machine.text(file), '{"numStartups": 213}', 'nothing is written unless the user wants it');
  });

  it('can be left away, with all that belongs to it', async () => {
    await connected('Through a Bridge', { press: 'Disconnect…' }, { pick: ['Change 1 File'] }, 'escape');
    writeAway();
    await person.connect.checkEntries();
    assert.deepEqual(await listConnections(person.machine), []);
    assert.equal(person.machine.text(join(person.machine.userHome, '.claude', 'settings.json')), undefined);
  });

  function moveProject(): string {
    const { machine, store } = person;
    const moved = `${machine.project} of before`;
    renameSync(machine.project, moved);
    store.replace(person.setBoard({ workspaces: [workspace({ id: workspaceId, name: 'shop', folder: `file://${encodeURI(moved)}` })] }));
    return moved;
  }

  for (const hooks of ['Without Hooks', 'With Hooks']) {
    it(`is written for the path that its folder has now, and no longer for the former one: ${hooks}`, async () => {
      await connectedWith(hooks, 'Through a Bridge', { press: 'Write Again' });
      const { machine, connect } = person;
      const moved = moveProject();
      const local = join(moved, '.claude', 'settings.local.json');
      const before = machine.text(local);
      await connect.checkEntries();
      assert.match(person.prompts.texts[0] ?? '', /^Claude Code has the entry of AgentRQ for shop under the former path of its folder/);
      assert.deepEqual(Object.keys((JSON.parse(machine.text(file) ?? '') as { projects: object }).projects), [moved]);
      assert.equal(machine.text(local), before, 'its hooks went along');
      const shown = person.prompts.shown.length;
      await connect.checkEntries();
      assert.equal(person.prompts.shown.length, shown, 'it is there now');
    });
  }

  it('is taken out also when its folder has another path now', async () => {
    await connectedWith('With Hooks', 'Through a Bridge', { press: 'Disconnect…' }, { pick: ['Change 2 Files'] }, 'escape');
    const { machine, connect } = person;
    const moved = moveProject();
    await connect.checkEntries();
    assert.deepEqual(await listConnections(machine), []);
    assert.equal(machine.text(file), old);
    assert.equal(machine.text(join(moved, '.claude', 'settings.local.json')), undefined);
  });

  it('is not asked about while it is there, of another window’s workspace, or in a file that can’t be read', async () => {
    await connected('Through a Bridge');
    await person.connect.checkEntries();
    writeAway('{');
    await person.connect.checkEntries();
    writeAway();
    person.own.length = 0;
    await person.connect.checkEntries();
    assert.deepEqual(asked(), []);
    person.own.push(workspaceId);
    await person.connect.checkEntries();
    assert.equal(asked().length, 1);
  });
});
