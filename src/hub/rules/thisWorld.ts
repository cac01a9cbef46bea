import { homedir } from 'node:os';
import type { World } from './place/place.ts';

/** This machine, and the login that the hub runs in. */
export function thisWorld(): World {
  return { platform: process.platform, env: process.env, home: homedir() };
}
