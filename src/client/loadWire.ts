import type * as wire from './wire.ts';

/** What reads and writes the wire. */
export type Wire = typeof wire;

/** Loads it at the first call. Nothing else may import `wire.ts`, or it would be part of what the editor loads at its start. */
export const loadWire = (): Promise<Wire> => import('./wire.ts');
