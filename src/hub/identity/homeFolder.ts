import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, type Stats, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateFile, isOwn, isPrivateFile, readPrivateFile as readPrivate } from '../../home/privateFile.ts';
import { translatable } from '../../util/sentence.ts';
import { StartError } from '../lifecycle/startError.ts';

/**
 * Makes the home folder, for this user alone. One that others could have put things into is refused.
 * @throws StartError `home-not-writable`
 */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if (!isOwnFolder(lstatSync(home))) {
      throw new StartError(
        'home-not-writable',
        translatable(
          "The hub won't use its folder {0}: it must be a folder (no link) that is yours and that nobody else can write to. Change that, or choose another folder in the setting agentrq.hub.home.",
          home,
        ),
      );
    }
    closeSync(openSync(join(home, '.writable'), 'w', 0o600));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      'home-not-writable',
      translatable(
        "The hub can't write to its folder {0}. Make it writable, or choose another folder in the setting agentrq.hub.home.",
        home,
      ),
      { cause: error },
    );
  }
}

/**
 * Reads the secret in `home/name`, or makes one: 256 random bits.
 * @throws StartError `home-not-writable`
 */
export function openSecret(home: string, name: string): string {
  const file = join(home, name);
  const secret = readPrivateFile(file)?.trim();
  if (secret === undefined) return writeSecret(file);
  if (secret.length < 43) throw refusedFile(file);
  return secret;
}

/**
 * The text of a file of this hub's own, or `undefined` if it isn't there. One that others could have got at is refused.
 * @throws StartError `home-not-writable`
 */
export function readPrivateFile(file: string): string | undefined {
  try {
    return readPrivate(file);
  } catch (error) {
    throw refusedFile(file, error instanceof Error ? error.cause : error);
  }
}

/**
 * Adds a line to a file of this hub's own, made if it isn't there.
 * @throws StartError `home-not-writable`
 */
export function appendPrivateLine(file: string, line: string): void {
  try {
    const descriptor = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    writeSync(descriptor, `${line}\n`);
    closeSync(descriptor);
  } catch (error) {
    throw refusedFile(file, error);
  }
}

/**
 * Opens a file of this hub's own for writing, made if it isn't there, and gives its descriptor. One that others could have got at is
 * refused.
 * @throws StartError `home-not-writable`
 */
export function openPrivateFile(file: string): number {
  const refusal = (cause?: unknown): StartError =>
    new StartError(
      'home-not-writable',
      translatable(
        "The hub won't use {0}: it must be a plain file that only you can read. Look who has changed that, move the file away, and restart the hub.",
        file,
      ),
      { cause },
    );
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
  } catch (error) {
    throw refusal(error);
  }
  if (isPrivateFile(fstatSync(descriptor))) return descriptor;
  closeSync(descriptor);
  throw refusal();
}

function isOwnFolder(stat: Stats): boolean {
  return stat.isDirectory() && isOwn(stat, 0o022);
}

function writeSecret(file: string): string {
  const secret = randomBytes(32).toString('base64url');
  try {
    createPrivateFile(file, `${secret}\n`);
    return secret;
  } catch (error) {
    throw refusedFile(file, error);
  }
}

/** The error for a secret file that others may have read. */
export function refusedFile(file: string, cause?: unknown): StartError {
  return new StartError(
    'home-not-writable',
    translatable(
      "The hub won't use {0}: it must be a plain file that only you can read. Delete it (agents then have to be connected again) and restart the hub.",
      file,
    ),
    { cause },
  );
}
