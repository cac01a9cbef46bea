import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import { appendPrivateLine, readPrivateFile } from './homeFolder.ts';

// Every editor of the user has a token of its own, kept where that editor keeps secrets. The home folder holds no more than their
// digests: a window adds the one of its token when it starts a hub, or finds that there is one already, and the hub lets it in.
// A line that is taken out of the file shuts its editor out.

const fileName = 'persons';

/** The user's tokens, as the file says at this moment. */
export interface UserTokens {
  /** The digest of a token that is one of them. */
  find(token: string): string | undefined;
  isKnown(digest: string): boolean;
}

function digestOf(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Lets the hub of this home folder know the token. @throws StartError `home-not-writable` */
export function registerUser(home: string, token: string): void {
  const file = join(home, fileName);
  const digest = digestOf(token);
  if (readPrivateFile(file)?.split('\n').includes(digest) !== true) appendPrivateLine(file, digest);
}

/**
 * The file is read again whenever it has changed, which is looked at once for all requests of a turn. While it can't be trusted, nobody
 * is let in.
 */
export function createUserTokens({ home, log }: { home: string; log: Logger }): UserTokens {
  const file = join(home, fileName);
  let digests: ReadonlySet<string> = new Set();
  let version: string | undefined;
  let looked = false;
  /** Of tokens that were let in, so that a window's is digested once and not with each of its requests. */
  const known = new Map<string, string>();

  function current(): ReadonlySet<string> {
    if (looked) return digests;
    looked = true;
    setImmediate(() => (looked = false));
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
    const now = stat === undefined ? '' : `${stat.ino}.${stat.size}.${stat.ctimeNs}`;
    if (now !== version) {
      version = now;
      digests = read();
      known.clear();
    }
    return digests;
  }

  function read(): ReadonlySet<string> {
    try {
      return new Set(readPrivateFile(file)?.split('\n'));
    } catch (error) {
      log.error(describeError(error));
      return new Set();
    }
  }

  return {
    find(token) {
      const registered = current();
      const digest = known.get(token) ?? digestOf(token);
      if (!registered.has(digest)) return undefined;
      known.set(token, digest);
      return digest;
    },
    isKnown: (digest) => current().has(digest),
  };
}
