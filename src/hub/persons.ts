import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { appendPrivateLine, readPrivateFile } from './home.ts';

// Every editor of the person has a token of its own, kept where that editor keeps secrets. The home folder holds no more than their
// digests: a window adds the one of its token when it starts a hub, or finds that there is one already, and the hub lets it in.

const fileName = 'persons';

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Lets the hub of this home folder know the token. @throws StartError `home-not-writable` */
export function registerPerson(home: string, token: string): void {
  const file = join(home, fileName);
  const digest = digestOf(token);
  if (readPrivateFile(file)?.split('\n').includes(digest) !== true) appendPrivateLine(file, digest);
}

/** Tells whether a token is one of the person's; those that were registered a moment ago count as well. */
export function createPersons(home: string): (token: string) => boolean {
  let digests: ReadonlySet<string> = new Set();
  return (token) => {
    const digest = digestOf(token);
    if (digests.has(digest)) return true;
    digests = new Set(readPrivateFile(join(home, fileName))?.split('\n'));
    return digests.has(digest);
  };
}
