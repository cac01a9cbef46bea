import type { LogLimits } from '../../../src/hub/log/eventLog.ts';

/** A log that is never cut: one of a million events is longer than any that the product keeps. */
export const keepAll: LogLimits = { ageMs: Infinity, events: Infinity, bytes: Infinity };
