import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../util/errors.ts';
import { readPrivateFile } from './privateFile.ts';

// Notes of the turns that sessions of agents began or ended while no hub ran. A hub reads them when it starts; without them it would
// believe that nothing has changed. There is one file for each session, with its last turn: a session may have many turns until a hub
// starts.

/** A turn of which a hook could tell no hub. */
export interface MissedTurn {
  workspaceId: string;
  /** The agent's own id for the session: a UUID. */
  sessionId: string;
  turn: 'begun' | 'ended';
  /** Milliseconds since 1970. */
  at: number;
}

const folderName = 'missed';
const namePattern = /^([0-9A-Za-z]{11})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const contentPattern = /^(begun|ended) (\d{13})$/;

/**
 * Notes a turn, in place of what was noted of the session before. Nothing is noted where the home folder is gone, or the id is no UUID.
 * @returns a function that removes the note, because a hub has been told after all
 * @throws if it can't be written
 */
export function noteMissed(home: string, { workspaceId, sessionId, turn, at }: MissedTurn): () => void {
  const name = `${workspaceId}.${sessionId}`;
  if (!namePattern.test(name) || !existsSync(home)) return () => {};
  const file = join(home, folderName, name);
  mkdirSync(join(home, folderName), { recursive: true, mode: 0o700 });
  // One that is read half written says nothing.
  writeFileSync(file, `${turn} ${at}`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** All that was noted; it is taken away, as far as that can be done. What can't be read says nothing. */
export function takeMissed(home: string): MissedTurn[] {
  const folder = join(home, folderName);
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.flatMap((name) => {
    const missed = read(folder, name);
    attempt(() => rmSync(join(folder, name), { force: true }));
    return missed ?? [];
  });
}

function read(folder: string, name: string): MissedTurn | undefined {
  const [, workspaceId, sessionId] = namePattern.exec(name) ?? [];
  if (workspaceId === undefined || sessionId === undefined) return undefined;
  const [, turn, at] = contentPattern.exec(attempt(() => readPrivateFile(join(folder, name))) ?? '') ?? [];
  return turn === undefined ? undefined : { workspaceId, sessionId, turn: turn as MissedTurn['turn'], at: Number(at) };
}
