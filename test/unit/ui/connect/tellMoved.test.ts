import assert from 'node:assert/strict';
import type { Act } from '../support/fakePrompts.ts';
import { setUpConnect } from './setUp.ts';

describe('a hub that has moved', () => {
  let person: ReturnType<typeof setUpConnect>;
  afterEach(() => person.machine.dispose());

  const direct = (agent: string): Act[] => [
    { pick: [agent] },
    { pick: ['Directly'] },
    { pick: ['Without Hooks'] },
    { pick: ['Write 2 Files'] },
    'escape',
  ];
  const bridged = (agent: string): Act[] => [
    { pick: [agent] },
    { pick: ['Through a Bridge'] },
    { pick: ['Without Hooks'] },
    { pick: ['Write 1 File'] },
    'escape',
  ];

  it('says who has to be connected again, and leads there; the bridge follows by itself', async () => {
    person = setUpConnect(...direct('Claude Code'), ...bridged('Gemini CLI'), { press: 'Connect Agent…' }, 'escape');
    const { connect, prompts } = person;
    await connect.connectAgent();
    await connect.connectAgent();
    prompts.shown.length = 0;
    await connect.tellMoved('http://127.0.0.1:23838');
    const [told, next] = prompts.shown;
    assert.ok(told?.kind === 'toast');
    assert.equal(told.text, 'The hub has moved to port 23838. Connected directly, please connect again: Claude Code.');
    assert.ok(next?.kind === 'pick');
    assert.equal(next.options.title, 'Connect an Agent');
  });

  it('says nothing to whoever has no such entry, or one that names the address', async () => {
    person = setUpConnect(...bridged('Gemini CLI'), ...direct('Claude Code'));
    const { connect, prompts } = person;
    await connect.tellMoved('http://127.0.0.1:23838');
    await connect.connectAgent();
    await connect.tellMoved('http://127.0.0.1:23838');
    await connect.connectAgent();
    await connect.tellMoved('http://127.0.0.1:41837');
    assert.ok(!prompts.texts.some((text) => text.includes('has moved')));
  });
});
