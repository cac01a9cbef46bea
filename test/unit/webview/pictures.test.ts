import assert from 'node:assert/strict';
import type { FromPage } from '../../../src/protocol/fromPanelPage.ts';
import { createPictures } from '../../../src/webview/panel/pictures.ts';

describe('the pictures of a page', () => {
  function start() {
    const told: FromPage[] = [];
    const drawn = new Set<string>();
    const takenBack: string[] = [];
    let count = 0;
    const pictures = createPictures({
      tell: (message) => told.push(message),
      redraw: () => {},
      urls: {
        make: (_bytes, mimeType) => `${mimeType} ${(count += 1)}`,
        isDrawn: (url) => drawn.has(url),
        takeBack: (url) => takenBack.push(url),
      },
    });
    const asked = (): string[] => told.flatMap((message) => (message.type === 'showPicture' ? [message.attachmentId] : []));
    const bring = (attachmentId: string, size = 1): void =>
      pictures.hear({
        type: 'picture',
        attachmentId,
        picture: { mimeType: 'image/png', width: 2, height: 3, bytes: new ArrayBuffer(size) },
      });
    const of = (attachmentId: string) => pictures.of({ attachmentId });
    return { pictures, asked, bring, of, drawn, takenBack };
  }

  it('are asked for once, two at a time, and shown when they are there', () => {
    const { of, asked, bring } = start();
    for (const id of ['a', 'b', 'c', 'a']) assert.deepEqual(of(id), { kind: 'waiting' });
    assert.deepEqual(asked(), ['a', 'b']);
    bring('a');
    assert.deepEqual(of('a'), { kind: 'shown', url: 'image/png 1', width: 2, height: 3 });
    of('c');
    assert.deepEqual(asked(), ['a', 'b', 'c']);
  });

  it('that are none say so, and are not asked for again', () => {
    const { of, asked, pictures } = start();
    of('a');
    pictures.hear({ type: 'picture', attachmentId: 'a', picture: { problem: 'No.' } });
    assert.deepEqual([of('a'), asked()], [{ kind: 'failed', problem: 'No.' }, ['a']]);
  });

  it('take no more memory than they may: what is not drawn makes room, and what is drawn stays', () => {
    const { of, asked, bring, drawn, takenBack } = start();
    const large = 33 * 1024 * 1024;
    for (const id of ['a', 'b']) {
      of(id);
      bring(id, large);
    }
    drawn.add('image/png 1').add('image/png 2');
    assert.equal(of('c').kind, 'waiting');
    assert.deepEqual([asked(), takenBack], [['a', 'b'], []], 'all of it is on the screen');
    drawn.delete('image/png 1');
    of('c');
    assert.deepEqual([asked(), takenBack], [['a', 'b', 'c'], ['image/png 1']]);
    bring('c');
    assert.equal(of('b').kind, 'shown');
    assert.equal(of('a').kind, 'waiting');
    assert.deepEqual(asked(), ['a', 'b', 'c', 'a'], 'and comes again when it is wanted');
  });
});
