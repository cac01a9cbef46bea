import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, rmSync, type Stats, writeSync } from 'node:fs';
import { UserError } from '../util/errors.ts';
import { translatable } from '../util/sentence.ts';

/**
 * The text of a file of this user's own, or `undefined` if it isn't there. A file that others can read or write, or that isn't a
 * plain file, is refused rather than repaired, because another user may have changed it.
 * @throws UserError
 */
export function readPrivateFile(file: string): string | undefined {
  return readPrivateBytes(file)?.toString('utf8');
}

/** The same as bytes. @throws UserError */
export function readPrivateBytes(file: string): Buffer | undefined {
  let descriptor: number;
  try {
    // Not to wait: a pipe in its place would be opened only when somebody writes to it.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw refused(file, error);
  }
  try {
    if (!isPrivateFile(fstatSync(descriptor))) throw refused(file);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A plain file that this user alone can get at. */
export function isPrivateFile(stat: Stats): boolean {
  return stat.isFile() && isOwn(stat, 0o077);
}

/**
 * It belongs to this user, and others have none of these rights. Windows has other means, which the home folder of a user comes with.
 */
export function isOwn(stat: Stats, rights: number): boolean {
  if (process.getuid === undefined) return true;
  return (stat.mode & rights) === 0 && stat.uid === process.getuid();
}

/** Makes a file that isn't there yet, for this user alone: whole, or not at all. @throws if it is there */
export function createPrivateFile(file: string, contents: string | Uint8Array): void {
  const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    const bytes = Buffer.from(contents);
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Puts a file in place whole, for this user alone: a reader sees the old one or the new one, never a part. */
export function writePrivateFile(file: string, contents: string | Uint8Array): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    createPrivateFile(draft, contents);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function refused(file: string, cause?: unknown): UserError {
  return new UserError(
    translatable("AgentRQ won't use {0}: it must be a plain file that only you can read. Delete it and restart the hub.", file),
    {
      cause,
    },
  );
}
