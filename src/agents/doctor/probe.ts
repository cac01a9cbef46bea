import { doctorName } from '../../protocol/names.ts';
import { assertNever } from '../../util/errors.ts';
import type { EntryReach } from './entryReach.ts';
import { probeBridge } from './probeBridge.ts';
import { probeHttp } from './probeHttp.ts';
import type { Introduce, ProbeOptions, ProbeResult } from './probeTypes.ts';

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

const introduce: Introduce = async (ask, tell) => {
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
};
