import { dirname } from 'node:path';

/** What the index of a repository says of its files. */
export interface IndexFacts {
  /** The folders in which files are tracked, as git names them: `''`, `src`, `src/ui`. */
  folders: ReadonlySet<string>;
  /** A commit of another repository is tracked somewhere: a submodule. */
  hasSubmodules: boolean;
}

const gitlink = 0o160000;

/** Reads an index of version 2, 3 or 4; `undefined` if it is none, or one that leaves entries to another file. */
export function readIndex(bytes: Buffer): IndexFacts | undefined {
  try {
    return read(bytes);
  } catch (error) {
    // It ends too early.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(bytes: Buffer): IndexFacts | undefined {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || ![2, 3, 4].includes(version)) return undefined;
  const folders = new Set(['']);
  let hasSubmodules = false;
  let name = '';
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    const start = at;
    hasSubmodules ||= (bytes.readUInt32BE(start + 24) & 0o170000) === gitlink;
    const flags = bytes.readUInt16BE(start + 60);
    at = start + 62 + ((flags & 0x4000) === 0 ? 0 : 2);
    let kept = '';
    if (version === 4) {
      const strip = readOffset(bytes, at);
      kept = name.slice(0, name.length - strip.value);
      at = strip.end;
    }
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    name = kept + bytes.toString('latin1', at, end);
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
    addFolders(folders, Buffer.from(name, 'latin1').toString('utf8'));
  }
  // Signatures in small letters must be understood: of these only `link` is there today, entries in another file.
  while (at + 8 <= bytes.length - 20) {
    if (!/^[A-Z]/.test(bytes.toString('latin1', at, at + 4))) return undefined;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return { folders, hasSubmodules };
}

function readOffset(bytes: Buffer, start: number): { value: number; end: number } {
  let at = start;
  let byte = bytes.readUInt8(at);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = bytes.readUInt8(at);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, end: at + 1 };
}

function addFolders(folders: Set<string>, name: string): void {
  for (let folder = dirname(name); folder !== '.' && !folders.has(folder); folder = dirname(folder)) folders.add(folder);
}
