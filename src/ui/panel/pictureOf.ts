/** A picture that a page may show. */
export interface Picture {
  mimeType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels. */
  width: number;
  height: number;
}

/** The largest number of pixels that a page shows, to limit its memory. */
const maxPixels = 40_000_000;

/** Reads type and size of a picture from its header, without decoding it. `undefined` if it is none that may be shown. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const picture = png(bytes) ?? gif(bytes) ?? webp(bytes) ?? jpeg(bytes);
  if (picture === undefined || picture.width < 1 || picture.height < 1) return undefined;
  return picture.width * picture.height > maxPixels ? undefined : picture;
}

function png(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, '\u0089PNG\r\n\u001A\n') || bytes.length < 24 || textAt(bytes, 12, 4) !== 'IHDR') return undefined;
  const view = viewOf(bytes);
  return { mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(bytes: Uint8Array): Picture | undefined {
  if ((!begins(bytes, 'GIF87a') && !begins(bytes, 'GIF89a')) || bytes.length < 10) return undefined;
  const view = viewOf(bytes);
  return { mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function webp(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, 'RIFF') || bytes.length < 30 || textAt(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = viewOf(bytes);
  const mimeType = 'image/webp';
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return { mimeType, width: view.getUint16(26, true) & 0x3f_ff, height: view.getUint16(28, true) & 0x3f_ff };
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return { mimeType, width: (packed & 0x3f_ff) + 1, height: ((packed >>> 14) & 0x3f_ff) + 1 };
    }
    case 'VP8X':
      return { mimeType, width: (view.getUint32(24, true) & 0xff_ff_ff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return undefined;
  }
}

function jpeg(bytes: Uint8Array): Picture | undefined {
  if (!begins(bytes, '\u00FF\u00D8\u00FF')) return undefined;
  const view = viewOf(bytes);
  // Skips segments up to the one with the size of the frame.
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = view.getUint16(at);
    if (marker === 0xff_ff) {
      at += 1;
      continue;
    }
    if (marker < 0xff_c0 || marker === 0xff_da) return undefined;
    if (marker <= 0xff_cf && ![0xff_c4, 0xff_c8, 0xff_cc].includes(marker)) {
      return { mimeType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function begins(bytes: Uint8Array, text: string): boolean {
  return textAt(bytes, 0, text.length) === text;
}

/** Bytes as Latin-1 text. */
function textAt(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
