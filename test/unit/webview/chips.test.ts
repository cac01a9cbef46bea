import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { FromPage } from '../../../src/protocol/fromPanelPage.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Chip } from '../../../src/protocol/toPanelPage.ts';
import { createChips, type PageFile } from '../../../src/webview/panel/chips.ts';
import { waitFor } from '../../support/waitFor.ts';

const words = { tooManyFiles: 'too many', notRead: 'not read', interrupted: 'interrupted', fileGone: 'gone', attached: '{0} is there' };

describe('files that are to be sent', () => {
  function start(kept: readonly Chip[] = []) {
    const told: FromPage[] = [];
    const problems: (string | undefined)[] = [];
    const said: string[] = [];
    const host = {
      state: { files: kept },
      save: (change: { files: readonly Chip[] }) => void (host.state = change),
      tell: (message: FromPage) => void told.push(message),
    };
    const chips = createChips({ words, host, changed: (problem) => problems.push(problem), say: (text) => said.push(text) });
    /** What the page calls the files that it has announced. */
    const keys = (): string[] => told.flatMap((message) => (message.type === 'attach' ? [message.file] : []));
    const parts = () => told.flatMap((message) => (message.type === 'attachPart' ? [message] : []));
    const states = (): string[] => chips.all.map(({ name, state }) => `${name} ${state}`);
    return { chips, told, problems, said, keys, parts, states };
  }
  const file = (name: string, size: number): PageFile => new File([new Uint8Array(size)], name, { type: 'text/plain' });
  const sending = (key: string, name: string, size: number, sent: number): Chip => ({ state: 'sending', file: key, name, size, sent });
  const ready = (key: string, name: string, attachmentId = `id of ${name}`): Chip => ({
    state: 'ready',
    file: key,
    name,
    size: 1,
    attachmentId,
  });

  it('are all announced, and sent part by part, one file after the other', async () => {
    const { chips, keys, parts, states, said } = start();
    const size = limits.partBytes + 10;
    chips.take([file('a', size), file('b', 1)]);
    const [a = '', b = ''] = keys();
    chips.hear(sending(a, 'a', size, 0));
    chips.hear(sending(b, 'b', 1, 0));
    await waitFor('a part', () => parts().length === 1);
    assert.equal(chips.state, 'coming');
    chips.hear(sending(a, 'a', size, limits.partBytes));
    await waitFor('the rest', () => parts().length === 2);
    chips.hear(sending(a, 'a', size, size));
    chips.hear(ready(a, 'a'));
    await waitFor('the other file', () => parts().length === 3);
    chips.hear(sending(b, 'b', 1, 1));
    chips.hear(ready(b, 'b'));
    assert.deepEqual(
      parts().map((part) => [part.file === a ? 'a' : 'b', part.bytes.byteLength]),
      [
        ['a', limits.partBytes],
        ['a', 10],
        ['b', 1],
      ],
    );
    assert.deepEqual([states(), chips.state, said], [['a ready', 'b ready'], 'ready', ['a is there', 'b is there']]);
  });

  it('are no more than go with a message', () => {
    const { chips, keys, problems, told } = start(
      Array.from({ length: limits.attachments - 1 }, (_, each) => ready(`k${each}`, `${each}`)),
    );
    chips.take([file('a', 1), file('b', 1)]);
    assert.deepEqual([keys().length, problems], [1, ['too many']]);
    chips.hear(sending(keys()[0] ?? '', 'a', 1, 0));
    chips.take([file('c', 1)]);
    assert.equal(keys().length, 1);
    // One that was chosen in the editor.
    chips.hear(ready('own', 'own'));
    assert.equal(chips.all.length, limits.attachments);
    assert.deepEqual(told.at(-1), { type: 'detach', file: 'own' });
  });

  it('go when the user takes them away, whatever is still said of them, and the next one is sent', async () => {
    const { chips, keys, parts, states, told } = start();
    chips.take([file('a', 1), file('b', 1)]);
    const [a = '', b = ''] = keys();
    chips.hear(sending(a, 'a', 1, 0));
    chips.hear(sending(b, 'b', 1, 0));
    chips.remove(a);
    chips.hear(ready(a, 'a'));
    await waitFor('the other file', () => parts().some((part) => part.file === b));
    assert.deepEqual(states(), ['b sending']);
    assert.ok(told.some((message) => message.type === 'detach' && message.file === a));
  });

  it('that can not be read are refused, and the next one is sent', async () => {
    const { chips, keys, parts, states } = start();
    const folder: PageFile = { name: 'a', type: '', size: 1, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('a folder')) }) };
    chips.take([folder, file('b', 1)]);
    const [a = '', b = ''] = keys();
    chips.hear(sending(a, 'a', 1, 0));
    chips.hear(sending(b, 'b', 1, 0));
    await waitFor('the other file', () => parts().length === 1);
    assert.deepEqual([states(), chips.state], [['a refused', 'b sending'], 'refused']);
  });

  it('are still there after a reload; what had not come whole is refused', async () => {
    const { chips, states, parts } = start([ready('one', 'a'), sending('two', 'b', 5, 2)]);
    assert.deepEqual(states(), ['a ready', 'b refused']);
    chips.hear(sending('two', 'b', 5, 2));
    await setImmediate();
    assert.equal(parts().length, 0, 'its bytes are gone');
    chips.hear(ready('two', 'b'));
    assert.deepEqual(states(), ['a ready', 'b ready'], 'the editor had it all the same');
  });

  it('leave with the message that they went with, and are marked when the hub has lost them', () => {
    const { chips, states } = start([
      ready('one', 'a', 'file0000001'),
      ready('two', 'b', 'file0000002'),
      ready('three', 'c', 'file0000003'),
    ]);
    chips.lose(['file0000002']);
    chips.sent(['file0000001']);
    chips.hear(ready('one', 'a'));
    assert.deepEqual(states(), ['b refused', 'c ready']);
  });
});
