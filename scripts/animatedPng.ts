import { crc32 } from 'node:zlib';

/** A picture of an animation, and how long it stays. */
export interface Frame {
  png: Buffer;
  ms: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * An animated PNG that plays the frames again and again. What can't show animations shows the first one. All must be of one size and kind.
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const parts = frames.map(({ png }) => readChunks(png));
  const header = dataOf(parts[0], 'IHDR')[0];
  if (header === undefined) throw new Error('An animation needs a frame.');
  let sequence = 0;
  const number = (): Buffer => uint32(sequence++);
  const pictures = frames.flatMap(({ ms }, index) => {
    if (dataOf(parts[index], 'IHDR')[0]?.equals(header) !== true) throw new Error(`Frame ${index} is of another size or kind.`);
    // Width and height, at the upper left corner, for so many ms, and over what was there before.
    const control = chunk('fcTL', number(), header.subarray(0, 8), uint32(0), uint32(0), uint16(ms), uint16(1_000), Buffer.from([0, 0]));
    const data = dataOf(parts[index], 'IDAT').map((bytes) => (index === 0 ? chunk('IDAT', bytes) : chunk('fdAT', number(), bytes)));
    return [control, ...data];
  });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('acTL', uint32(frames.length), uint32(0)), ...pictures, chunk('IEND')]);
}

/** The chunks of a PNG, with their types. */
export function readChunks(png: Buffer): { type: string; data: Buffer }[] {
  if (!png.subarray(0, signature.length).equals(signature)) throw new Error('This is no PNG.');
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const end = at + 8 + length;
    if (png.readUInt32BE(end) !== crc32(png.subarray(at + 4, end))) throw new Error('A chunk of the PNG is damaged.');
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function dataOf(chunks: readonly { type: string; data: Buffer }[] | undefined, type: string): Buffer[] {
  return (chunks ?? []).flatMap((each) => (each.type === type ? [each.data] : []));
}

function chunk(type: string, ...data: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...data]);
  return Buffer.concat([uint32(body.length - 4), body, uint32(crc32(body))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
