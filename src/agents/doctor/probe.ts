import { doctorName } from '../../protocol/doctorName.ts';
import { assertNever } from '../../util/errors.ts';
import type { EntryReach } from './entryReach.ts';
import { probeBridge } from './probeBridge.ts';
import { probeHttp } from './probeHttp.ts';

/** What came of reaching a server in the way that an entry says. */
export type ProbeResult =
  /** It speaks MCP and has tools. */
  | { kind: 'answered'; tools: number }
  /** It said no: the token, most likely. */
  | { kind: 'refused'; reason: string }
  /** Nothing is there, or the program can't be started. */
  | { kind: 'unreachable'; reason: string }
  /** It said nothing in time, or something else than MCP. */
  | { kind: 'silent'; reason: string };

/** Asks one thing of a server; the result, or why there is none. */
export type Ask = (method: string, params: Record<string, unknown>) => Promise<Answer>;
export type Answer = { kind: 'result'; result: unknown } | Exclude<ProbeResult, { kind: 'answered' }>;

/** Where and for how long it is tried. */
export interface ProbeOptions {
  /** AgentRQ's folder, by whose secret the hub is known. */
  home: string;
  /** The folder that a program is started in. */
  cwd: string | undefined;
  signal: AbortSignal;
}

/** Makes real calls, exactly as the entry says: `initialize`, then `tools/list`. To the hub it is nobody. */
export async function probe(reach: EntryReach, options: ProbeOptions): Promise<ProbeResult> {
  switch (reach.kind) {
    case 'http':
      return probeHttp(reach, options, introduce);
    case 'stdio':
      return probeBridge(reach, options, introduce);
    default:
      return assertNever(reach);
  }
}

/** @param tell sends what gets no answer */
async function introduce(ask: Ask, tell: (method: string) => Promise<void>): Promise<ProbeResult> {
  const hello = await ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: doctorName, version: '1' },
  });
  if (hello.kind !== 'result') return hello;
  await tell('notifications/initialized');
  const list = await ask('tools/list', {});
  if (list.kind !== 'result') return list;
  const { tools } = list.result as { tools?: unknown };
  if (!Array.isArray(tools)) return { kind: 'silent', reason: 'what it answers is not MCP' };
  return { kind: 'answered', tools: tools.length };
}

export type Introduce = typeof introduce;
