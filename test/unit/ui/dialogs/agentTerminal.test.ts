import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RunningProcess, runningProcesses } from '../../../../src/agents/runningProcesses.ts';
import { agentTerminal } from '../../../../src/ui/dialogs/agentTerminal.ts';
import { waitFor } from '../../../support/waitFor.ts';

const claude = { name: 'claude-code', folder: 'file:///home/me/shop' };
const terminal = (pid: number) => ({ pid, show() {} });
const shell = (pid: number, parent = 1): RunningProcess => ({ pid, parent, line: '-bash' });

describe('the terminal of an agent', () => {
  const pidOf = (terminals: number[], processes: RunningProcess[], agent = claude): number | undefined =>
    agentTerminal(agent, terminals.map(terminal), processes)?.pid;

  it('is the one below whose shell its program runs, however deep', () => {
    const processes = [shell(10), shell(20), shell(21, 20), { pid: 22, parent: 21, line: '/usr/bin/node /usr/local/bin/claude --resume' }];
    assert.equal(pidOf([10, 20], processes), 20);
    assert.equal(pidOf([10], processes), undefined, 'it runs elsewhere');
  });

  it('is that of the agent’s folder where several of its kind run, and none where that is not clear', () => {
    const run = (pid: number, parent: number, folder?: string): RunningProcess => ({ pid, parent, line: 'claude', folder });
    const shells = [shell(10), shell(20)];
    assert.equal(pidOf([10, 20], [...shells, run(11, 10, '/home/me/other'), run(21, 20, '/home/me/shop/web')]), 20);
    assert.equal(pidOf([10, 20], [...shells, run(11, 10, '/home/me/shop'), run(21, 20, '/home/me/shop')]), undefined);
    assert.equal(pidOf([10, 20], [...shells, run(11, 10), run(21, 20)]), undefined);
  });

  it('is not where another program runs, or one that only speaks of it', () => {
    for (const line of ['vim claude', 'vim claude.md', 'tail -f claude.log', 'codex', 'grep -r claude', 'claude-monitor']) {
      assert.equal(pidOf([10], [shell(10), { pid: 11, parent: 10, line }]), undefined, line);
    }
    assert.equal(pidOf([10], [shell(10), { pid: 11, parent: 10, line: 'claude' }], { ...claude, name: 'unknown' }), undefined);
  });

  it('is found among the processes that run', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-terminal-')));
    const shells: ChildProcess[] = [];
    try {
      const open = (line: string): number => {
        const child = spawn('bash', ['-c', line], { cwd: folder, stdio: 'ignore', detached: true });
        shells.push(child);
        return child.pid ?? assert.fail('it was started');
      };
      const other = open('sleep 600; exit');
      const own = open('(exec -a claude sleep 600); exit');
      await waitFor('the program to run', async () =>
        (await runningProcesses()).some(({ line, parent }) => parent === own && line === 'claude 600'),
      );
      const agent = { name: 'claude-code', folder: pathToFileURL(folder).href };
      assert.equal(agentTerminal(agent, [terminal(other), terminal(own)], await runningProcesses())?.pid, own);
    } finally {
      for (const { pid } of shells) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
