import type * as wire from './wire.ts';

/** The functions of `wire.ts`. */
export type Wire = typeof wire;

/** Loads `wire.ts` at the first call. No other file may import it, or it would become part of what the editor loads at startup. */
export const loadWire = (): Promise<Wire> => import('./wire.ts');
