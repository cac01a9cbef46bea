import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import { limits } from '../../../../src/protocol/limits.ts';
import type { Chip } from '../../../../src/protocol/toPanelPage.ts';
import { createUploads } from '../../../../src/ui/panel/uploads.ts';
import { waitFor } from '../../../support/waitFor.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { english, workspaceId } from '../support/fixtures.ts';

describe('files on their way to the hub', () => {
  function start() {
    const api = new FakeHubApi();
    const told: Chip[] = [];
    const page = { hears: true };
    let keys = 0;
    const uploads = createUploads({
      api,
      workspaceId,
      newKey: () => `own${(keys += 1)}`,
      post: (chip) => {
        if (page.hears) told.push(chip);
        return page.hears;
      },
      language: 'en',
      l10n: english,
    });
    const states = (): string[] =>
      told.map((chip) => (chip.state === 'sending' ? `${chip.file} ${chip.sent}` : `${chip.file} ${chip.state}`));
    const ends = (count: number): Promise<unknown> =>
      waitFor('the ends of uploads', () => told.filter(({ state }) => state !== 'sending').length === count);
    return { api, told, page, uploads, states, ends };
  }
  const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
  const about = (size: number) => ({ name: 'a\u202Eb.txt', mimeType: 'text/plain', size });

  it('come in parts, and are one file again', async () => {
    const { api, told, uploads, states, ends } = start();
    uploads.begin('one', about(5));
    uploads.part('one', bytes('hel'));
    uploads.part('one', bytes('lo'));
    uploads.begin('empty', about(0));
    await ends(2);
    assert.deepEqual(states(), ['one 0', 'one 3', 'one 5', 'one ready', 'empty ready']);
    assert.deepEqual(
      [...api.files.values()].map((file) => new TextDecoder().decode(file.bytes)),
      ['hello', ''],
    );
    assert.equal(told.at(-1)?.name, 'a\\u202Eb.txt', 'nothing hides in a name that is shown');
    assert.equal(api.files.get('file0000000')?.name, 'a\u202Eb.txt');
  });

  it('are refused when they are too large, or not what was announced', async () => {
    const { api, told, uploads } = start();
    uploads.begin('large', about(limits.attachmentBytes + 1));
    uploads.begin('more', about(2));
    uploads.part('more', bytes('abc'));
    uploads.part('more', bytes('a'));
    uploads.part('unknown', bytes('a'));
    await uploads.add({ name: 'big.bin', mimeType: '', size: 20_000_000 });
    await uploads.add({ name: 'x', mimeType: '', problem: 'It is a door.' });
    const problems = told.flatMap((chip) => (chip.state === 'refused' ? [chip.problem] : []));
    assert.deepEqual(problems, [
      'It has 10.5 MB, and a file may have 10.5 MB. Send a smaller one, or say where the agent finds it.',
      'It was changed while it was read. Remove it, and attach it again.',
      'It has 20 MB, and a file may have 10.5 MB. Send a smaller one, or say where the agent finds it.',
      'It is a door.',
    ]);
    assert.equal(api.files.size, 0);
  });

  it('say why the hub has not taken them, and what to do', async () => {
    const { api, told, uploads } = start();
    for (const refusal of [new HubError('payload_too_large', 'Full.'), new HubError('storage_failed', 'The disk is full.')]) {
      api.refusal = refusal;
      await uploads.add({ name: 'a', mimeType: '', bytes: new Uint8Array(1) });
    }
    const problems = told.flatMap((chip) => (chip.state === 'refused' ? [chip.problem] : []));
    assert.match(problems[0] ?? '', /^The hub has no more room for files .* Delete tasks with files/);
    assert.match(problems[1] ?? '', /^The hub couldn’t write to its disk.* Make room/);
  });

  it('are not heard of any more once the user has taken them away', async () => {
    const { told, uploads } = start();
    uploads.begin('one', about(1));
    uploads.part('one', bytes('a'));
    uploads.stop('one');
    uploads.begin('two', about(2));
    uploads.stop('two');
    uploads.part('two', bytes('ab'));
    const before = told.length;
    await uploads.add({ name: 'x', mimeType: '', bytes: new Uint8Array(1) });
    assert.deepEqual(
      told.slice(before).map(({ file }) => file),
      ['own1', 'own1'],
    );
  });

  it('are told to the next page if the last one has not heard; what that one was sending is forgotten', async () => {
    const { api, page, uploads, states } = start();
    uploads.begin('half', about(2));
    uploads.part('half', bytes('a'));
    page.hears = false;
    await uploads.add({ name: 'x', mimeType: '', bytes: new Uint8Array(1) });
    page.hears = true;
    uploads.restart();
    uploads.part('half', bytes('b'));
    uploads.restart();
    assert.deepEqual(states(), ['half 0', 'half 1', 'own1 ready']);
    assert.equal(api.files.size, 1);
  });
});
