import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

// Says that a file can't be replaced by another one: it is a mount of its own, or in a folder that takes no new files.
const unreplaceable: ReadonlySet<unknown> = new Set(['EBUSY', 'EXDEV', 'EPERM', 'EACCES', 'EROFS', 'ETXTBSY', 'ENOTSUP', 'ENAMETOOLONG']);

/**
 * Puts a whole file in place at once, with this mode; its folder is there. One that can't be replaced, or that would no longer be the
 * same file under its other names or for its owner, is written to where it is. Whatever fails, the text from before is there.
 */
export async function replaceFile(target: string, text: string, mode: number): Promise<void> {
  const present = await stat(target).catch(() => undefined);
  const isShared = present !== undefined && (present.nlink > 1 || present.uid !== (process.getuid?.() ?? present.uid));
  if (isShared && present.isFile()) return rewriteFile(target, text);
  try {
    await swapIn(target, text, mode);
  } catch (error) {
    const mayWriteThere = present?.isFile() === true && error instanceof Error && 'code' in error && unreplaceable.has(error.code);
    if (!mayWriteThere) throw error;
    await rewriteFile(target, text);
  }
}

async function swapIn(target: string, text: string, mode: number): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(text);
      // The mask of the process doesn't count.
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

async function rewriteFile(target: string, text: string): Promise<void> {
  const handle = await open(target, 'r+');
  try {
    const before = await handle.readFile();
    try {
      await writeOver(handle, before, Buffer.from(text));
    } catch (error) {
      await writeOver(handle, Buffer.alloc(0), before);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** What is longer than before comes first, so that a full disk says so while the whole text from before is still there. */
async function writeOver(handle: FileHandle, before: Buffer, after: Buffer): Promise<void> {
  await writeAt(handle, after, before.length, after.length);
  await writeAt(handle, after, 0, Math.min(before.length, after.length));
  await handle.truncate(after.length);
  await handle.sync();
}

async function writeAt(handle: FileHandle, bytes: Buffer, from: number, to: number): Promise<void> {
  for (let at = from; at < to; ) at += (await handle.write(bytes, at, to - at, at)).bytesWritten;
}
