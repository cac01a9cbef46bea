import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { startHubProcess } from '../../support/hubProcess.ts';
import { programs } from '../../support/programs.ts';
import { makeHome } from '../../support/testHub.ts';
import type { Case } from '../bench.ts';
import { median } from '../stats.ts';

const head = { session_id: 's1', cwd: '/home/me/shop', permission_mode: 'default' };
const use = { tool_name: 'Bash', tool_input: { command: 'true', description: 'Nothing' }, tool_use_id: 'toolu_1' };
/** What Claude Code reports after each tool. */
const reports = [
  { ...head, hook_event_name: 'PostToolUse', ...use, tool_response: {} },
  { ...head, hook_event_name: 'PostToolBatch', tool_calls: [use] },
].map((report) => JSON.stringify(report));

/**
 * What hooks add to a tool call: reports that the agent sends to an address itself, one after the other, and waits for; and a command, for
 * which it starts a process. Most of that is Node's own start.
 */
export function hooksCase({ calls }: { calls: number }): Case {
  return {
    scenario: 'hooks',
    label: `${calls} tool calls with reports`,
    systems: ['agentrq'],
    rows: [
      { figure: 'addressMs', label: 'added by an address, p50', unit: 'ms', bar: { of: 'figure', atMost: 30 } },
      { figure: 'commandMs', label: 'a command, p50', unit: 'ms' },
      { figure: 'nodeMs', label: 'Node alone, p50', unit: 'ms' },
      { figure: 'ratio', label: 'a command against Node alone', unit: '×' },
    ],
    async measure() {
      const home = makeHome();
      const hub = await startHubProcess({ home });
      try {
        const [workspace] = hub.workspaces;
        if (workspace === undefined) throw new Error('the hub has no workspace');
        const { id, agentToken } = workspace;
        const byAddress = async (): Promise<void> => {
          for (const body of reports) {
            const headers = { authorization: `Bearer ${agentToken}`, 'content-type': 'application/json' };
            const response = await fetch(`${hub.url}/hooks/${id}/claude-code`, { method: 'POST', headers, body });
            if (response.status !== 200 || (await response.text()) !== '{}') throw new Error('a report was not taken');
          }
        };
        const command = [programs.hook, '--agent', 'claude-code', '--workspace', id, '--home', home, '--later'];
        const addressMs = await p50(calls, byAddress);
        const commandMs = await p50(calls, () => runNode(command, reports[0] ?? ''));
        const nodeMs = await p50(calls, () => runNode(['-e', '0'], ''));
        return { addressMs, commandMs, nodeMs, ratio: commandMs / nodeMs };
      } finally {
        await hub.stop('SIGTERM');
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

/** What it takes in the middle, in milliseconds. */
async function p50(times: number, work: () => Promise<void>): Promise<number> {
  const took: number[] = [];
  await work();
  for (let count = 0; count < times; count += 1) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  return median(took);
}

async function runNode(args: readonly string[], input: string): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  // One that reads nothing may be gone by then.
  child.stdin.on('error', () => {}).end(input);
  await once(child, 'exit');
}
