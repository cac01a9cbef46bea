import type { Dialect } from '../hookEvent.ts';
import { codex } from './codex.ts';

/** opencode. It has no hooks of its own: a plugin of ours reports in the form of the others, and takes nothing back but what wakes it. */
export const openCode: Dialect = { ...codex, names: /^opencode/, name: 'opencode', write: {} };
