import assert from 'node:assert/strict';
import { kindOf, typeOf } from '../../../../src/ui/panel/fileKinds.ts';
import { pictureOf } from '../../../../src/ui/panel/pictureOf.ts';
import { fileName } from '../../../../src/ui/text/safeFileName.ts';

const png = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(33);
  bytes.write('\u0089PNG\r\n\u001A\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const from = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('a picture', () => {
  it('is what its bytes say, with its size', () => {
    const pictures: [Buffer, string, number, number][] = [
      [png(300, 200), 'image/png', 300, 200],
      [from('R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACAoRRADs='), 'image/gif', 3, 2],
      [from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='), 'image/webp', 1, 1],
      [from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'), 'image/webp', 1, 1],
      [Buffer.concat([from('UklGRhoAAABXRUJQVlA4WAoAAAAAAAAA'), Buffer.from([9, 0, 0, 4, 0, 0])]), 'image/webp', 10, 5],
      // A comment, then the frame.
      [Buffer.from('ffd8fffe0004aaaaffc00011080010002003012200021101031101', 'hex'), 'image/jpeg', 32, 16],
    ];
    for (const [bytes, mimeType, width, height] of pictures) assert.deepEqual(pictureOf(bytes), { mimeType, width, height });
  });

  it('is nothing that could run, that is cut off, or that is too large to be drawn', () => {
    for (const bytes of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      Buffer.from('<!DOCTYPE html><script>alert(1)</script>'),
      Buffer.from('BM and so on, a bitmap'),
      Buffer.from(''),
      png(300, 200).subarray(0, 20),
      png(60_000, 60_000),
      png(0, 10),
      Buffer.from('GIF89a'),
      Buffer.from('ffd8ffda0004', 'hex'),
      Buffer.from(`ffd8ff${'ff'.repeat(50)}`, 'hex'),
      Buffer.from(`ffd8ffe0ffff${'00'.repeat(50)}`, 'hex'),
      Buffer.from(`ffd8ffe00000${'ff'.repeat(50)}`, 'hex'),
      Buffer.concat([Buffer.from('RIFF....WEBPVP9 '), Buffer.alloc(40)]),
    ])
      assert.equal(pictureOf(bytes), undefined, bytes.toString('latin1').slice(0, 30));
  });
});

describe('a file of a thread', () => {
  it('is taken for what it says, and for what its name says only if it says nothing', () => {
    const kind = (name: string, mimeType: string) => kindOf({ id: 'file0000001', size: 1, name, mimeType });
    assert.equal(kind('x', 'image/png'), 'picture');
    assert.equal(kind('x.png', 'application/octet-stream'), 'picture');
    assert.equal(kind('x.svg', 'image/svg+xml'), 'text');
    assert.equal(kind('x.html', 'text/html'), 'text');
    assert.equal(kind('x.log', 'application/octet-stream'), 'text');
    assert.equal(kind('x.png', 'application/zip'), 'other');
    assert.equal(kind('constructor', 'application/octet-stream'), 'other');
    assert.deepEqual(['a.PNG', 'a.ts', 'a.svg', 'a', 'a.constructor'].map(typeOf), ['image/png', 'text/plain', 'image/svg+xml', '', '']);
  });

  it('is saved under a name that leads nowhere and hides nothing', () => {
    const names: [string, string][] = [
      ['a.png', 'a.png'],
      ['../../.bashrc', '_.._.bashrc'],
      ['C:\\x?.txt', 'C__x_.txt'],
      ['gpj.\u202Eexe', 'gpj._u202Eexe'],
      ['CON.txt', '_CON.txt'],
      ['nul', '_nul'],
      ['a. . ', 'a'],
      ['...', 'file'],
      ['x'.repeat(500), 'x'.repeat(200)],
    ];
    for (const [name, saved] of names) assert.equal(fileName(name), saved);
  });
});
