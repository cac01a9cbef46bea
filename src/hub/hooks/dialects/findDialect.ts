import type { Dialect } from '../hookEvent.ts';
import { claudeCode } from './claudeCode.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { openCode } from './openCode.ts';

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['claude-code', claudeCode],
  ['codex', codex],
  ['gemini', gemini],
  ['copilot', copilot],
  ['cursor', cursor],
  ['opencode', openCode],
]);

/** The dialect that an address names. */
export function findDialect(name: string): Dialect | undefined {
  return dialects.get(name);
}
