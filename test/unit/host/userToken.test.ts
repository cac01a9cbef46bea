import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createUserToken, type Secrets } from '../../../src/host/userToken.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

describe('the token of the user', () => {
  function setUp(secrets: Partial<Secrets>, ping: () => Promise<unknown> = async () => undefined) {
    const clock = createFakeClock();
    const told: unknown[] = [];
    let made = 0;
    const stored = new Map<string, string>();
    const token = createUserToken({
      secrets: { get: async (key) => stored.get(key), store: async (key, value) => void stored.set(key, value), ...secrets },
      newToken: () => `token ${(made += 1)}`,
      ping,
      clock,
      tell: (error) => told.push(error),
    });
    return { token, told, clock, stored };
  }

  it('is made once and kept', async () => {
    const { token, told, stored } = setUp({});
    assert.equal(await token(), 'token 1');
    assert.equal(await token(), 'token 1');
    assert.deepEqual([...stored.values()], ['token 1']);
    assert.equal(await setUp({ get: async () => 'known' }).token(), 'known');
    assert.deepEqual(told, []);
  });

  const troubles: readonly [string, Partial<Secrets>][] = [
    ['can’t be read', { get: () => Promise.reject(new Error('no keyring')) }],
    ['can’t be kept', { store: () => Promise.reject(new Error('no keyring')) }],
  ];
  for (const [name, secrets] of troubles) {
    it(`that ${name} is one for this session, which the user is told once`, async () => {
      const { token, told } = setUp(secrets);
      const own = await token();
      assert.match(own, /^token \d$/);
      assert.equal(await token(), own, 'the hub starts again with the same');
      assert.equal(told.length, 1);
    });
  }

  for (const name of ['get', 'store'] as const) {
    it(`is not waited for for ever: ${name} never answers`, async () => {
      const { token, told, clock } = setUp({ [name]: () => new Promise(() => {}) });
      const waiting = token();
      await nextTurn();
      clock.advance(10_000);
      assert.match(await waiting, /^token \d$/);
      assert.equal(told.length, 1);
    });
  }

  it('is waited for as long as the editor answers nothing at all, as a window that starts on a busy machine', async () => {
    const answers: (() => void)[] = [];
    const answerAll = async (): Promise<void> => {
      for (const answer of answers.splice(0)) answer();
      await nextTurn();
    };
    const ping = (): Promise<void> => new Promise((resolve) => void answers.push(resolve));
    const get = (): Promise<string> => new Promise((resolve) => void answers.push(() => resolve('known')));
    for (const answered of [0, 1]) {
      const { token, told, clock } = setUp({ get }, ping);
      const waiting = token();
      // The first call is to the secret storage.
      const secret = answers.shift();
      for (let i = 0; i < answered; i += 1) await answerAll();
      clock.advance(60_000);
      await nextTurn();
      assert.deepEqual(told, []);
      secret?.();
      await answerAll();
      assert.equal(await waiting, 'known');
      assert.deepEqual(told, []);
    }
  });
});
