/**
 * What is wrong when SQLite fails. `damaged`: the file isn't what it should be. `locked`: another program holds it. `unlockable`:
 * its file system can't lock. `disk`: it can't
 * be written or read, for want of room or of the right to do so. `other`: a statement that can't be carried out.
 */
export type SqliteTrouble = 'damaged' | 'locked' | 'unlockable' | 'disk' | 'other';

// Primary result codes of SQLite.
const troubles: Readonly<Record<number, SqliteTrouble>> = {
  /* PERM */ 3: 'disk',
  /* BUSY */ 5: 'locked',
  /* LOCKED */ 6: 'locked',
  /* READONLY */ 8: 'disk',
  /* IOERR */ 10: 'disk',
  /* CORRUPT */ 11: 'damaged',
  /* FULL */ 13: 'disk',
  /* CANTOPEN */ 14: 'disk',
  // The steps of a lock went on in circles: file systems of a network do that.
  /* PROTOCOL */ 15: 'unlockable',
  /* NOLFS */ 22: 'unlockable',
  /* NOTADB */ 26: 'damaged',
};

// Kinds of IOERR: those of locks, and of the memory that is shared by them.
const lockErrors: ReadonlySet<number> = new Set([
  /* UNLOCK */ 2058, /* RDLOCK */ 2314, /* CHECKRESERVEDLOCK */ 3594, /* LOCK */ 3850, /* SHMOPEN */ 4618, /* SHMSIZE */ 4874,
  /* SHMLOCK */ 5130, /* SHMMAP */ 5386,
]);

/** `undefined` for an error that isn't SQLite's. */
export function sqliteTrouble(error: unknown): SqliteTrouble | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return undefined;
  const code = 'errcode' in error ? Number(error.errcode) : 0;
  if (lockErrors.has(code)) return 'unlockable';
  // The extended codes hold the primary one in their lowest byte.
  return troubles[code & 0xff] ?? 'other';
}
