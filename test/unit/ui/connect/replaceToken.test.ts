import assert from 'node:assert/strict';
import type { Act } from '../support/fakePrompts.ts';
import { nextToken, setUpConnect, token, workspaceId } from './setUp.ts';

describe('replacing a token', () => {
  let person: ReturnType<typeof setUpConnect>;
  afterEach(() => person.machine.dispose());

  function begin(...script: Act[]): typeof person {
    person = setUpConnect(...script);
    return person;
  }

  it('says what ends and what has to be connected again, and is confirmed once', async () => {
    const { connect, prompts, api } = begin(
      { pick: ['Claude Code'] },
      { pick: ['Directly'] },
      { pick: ['Without Hooks'] },
      { pick: ['Write 2 Files'] },
      'escape',
      { pick: ['Gemini CLI'] },
      { pick: ['Through a Bridge'] },
      { pick: ['Without Hooks'] },
      { pick: ['Write 1 File'] },
      'escape',
      'escape',
    );
    await connect.connectAgent();
    await connect.connectAgent();
    prompts.shown.length = 0;
    await connect.replaceToken(workspaceId);
    assert.equal(prompts.shown.length, 1);
    const [asked] = prompts.shown;
    assert.ok(asked?.kind === 'explain');
    assert.equal(asked.title, 'Replace the token of the agents of shop?');
    assert.match(asked.detail, /stops working at once/);
    assert.match(asked.detail, /directly, please connect again: Claude Code\./);
    assert.match(asked.detail, /through the bridge, no action needed: Gemini CLI\./);
    assert.deepEqual(
      api.calls.filter(({ name }) => name === 'rotateAgentToken'),
      [],
      'nothing was confirmed',
    );
  });

  it('shows the new token nowhere, and copies it only when that is pressed', async () => {
    const { connect, prompts, editor } = begin(
      { press: 'Replace Token' },
      'escape',
      { press: 'Replace Token' },
      { press: 'Copy New Token' },
    );
    await connect.replaceToken(undefined);
    assert.deepEqual(editor.copied, []);
    await connect.replaceToken(undefined);
    assert.deepEqual(editor.copied, [nextToken]);
    assert.doesNotMatch(JSON.stringify(prompts.shown), /arq_/);
  });

  it('connects an agent of that workspace anew, with the new token', async () => {
    const { connect, machine } = begin(
      { pick: ['Claude Code'] },
      { pick: ['Directly'] },
      { pick: ['Without Hooks'] },
      { pick: ['Write 2 Files'] },
      'escape',
      { press: 'Replace Token' },
      { press: 'Connect Agent…' },
      { pick: ['Claude Code'] },
      { pick: ['Connect Again'] },
      { pick: ['Directly'] },
      { pick: ['Without Hooks'] },
      { pick: ['Write 1 File'] },
    );
    await connect.connectAgent();
    assert.ok(JSON.stringify(machine.everything()).includes(token));
    await connect.replaceToken(undefined);
    const files = JSON.stringify(Object.entries(machine.everything()).filter(([file]) => file.endsWith('.claude.json')));
    assert.ok(files.includes(nextToken));
    assert.ok(!files.includes(token));
  });
});
