import type { Play } from '../play.ts';

/** What a play has shown. */
export type Outcome = { kind: 'works' } | { kind: 'no'; reason: string };

/** Plays a row with a real agent. Throws if it doesn't go as it should. */
export type Row = (play: Play) => Promise<Outcome>;

export const works: Outcome = { kind: 'works' };
