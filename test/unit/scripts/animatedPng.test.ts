import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';
import { animatedPng, readChunks } from '../../../scripts/animatedPng.ts';

/** A PNG of one pixel, its data in two chunks. */
function pixel(value: number, width = 1): Buffer {
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const data = deflateSync(Buffer.from([0, ...Array<number>(width).fill(value)]));
  const chunk = (type: string, body: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(body.length, 0);
    ends.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
  };
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', data.subarray(0, 3)),
    chunk('IDAT', data.subarray(3)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

describe('animatedPng', () => {
  it('puts frames after each other, numbered, each with its time', () => {
    const chunks = readChunks(
      animatedPng([
        { png: pixel(1), ms: 500 },
        { png: pixel(2), ms: 1_200 },
      ]),
    );
    const types = ['IHDR', 'acTL', 'fcTL', 'IDAT', 'IDAT', 'fcTL', 'fdAT', 'fdAT', 'IEND'];
    assert.deepEqual(
      chunks.map(({ type }) => type),
      types,
    );
    const numbered = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT').map(({ data }) => data.readUInt32BE(0));
    assert.deepEqual(numbered, [0, 1, 2, 3]);
    const times = chunks.filter(({ type }) => type === 'fcTL').map(({ data }) => data.readUInt16BE(20) / data.readUInt16BE(22));
    assert.deepEqual(times, [0.5, 1.2]);
    assert.equal(chunks[1]?.data.readUInt32BE(0), 2);
  });

  it('keeps the data of each frame as it was', () => {
    const chunks = readChunks(animatedPng([pixel(7), pixel(9)].map((png) => ({ png, ms: 1 }))));
    const second = Buffer.concat(chunks.filter(({ type }) => type === 'fdAT').map(({ data }) => data.subarray(4)));
    assert.deepEqual(
      second,
      Buffer.concat(
        readChunks(pixel(9))
          .filter(({ type }) => type === 'IDAT')
          .map(({ data }) => data),
      ),
    );
  });

  it('refuses what does not fit together, and what is no PNG', () => {
    const frames = [pixel(1), pixel(2, 2)].map((png) => ({ png, ms: 1 }));
    assert.throws(() => animatedPng(frames), /Frame 1 is of another size/);
    assert.throws(() => animatedPng([]), /needs a frame/);
    assert.throws(() => readChunks(Buffer.from('GIF89a..........')), /no PNG/);
    const damaged = pixel(1);
    damaged[20] = 99;
    assert.throws(() => readChunks(damaged), /damaged/);
  });
});
