import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installScripts } from '../../../src/agents/installScripts.ts';
import type { OpenCodeClient, OpenCodeHooks } from '../../../src/agents/openCodeTurns.ts';
import { runningProcesses } from '../../../src/agents/runningProcesses.ts';
import { type PlayedHub, startPlayedHub } from '../../support/playedHub.ts';
import { programs } from '../../support/programs.ts';
import { makeHome } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

const workspaceId = '0123456789a';

describe('the plugin in the process of opencode', () => {
  let home: string;
  let hub: PlayedHub;
  let open: ServerResponse[];
  let hooks: OpenCodeHooks;

  beforeEach(async () => {
    home = makeHome();
    open = [];
    hub = await startPlayedHub(home, (_request, response) => void open.push(response));
    const { hook: script } = installScripts({ from: dirname(programs.hook), home });
    const { href } = pathToFileURL(join(dirname(script), 'opencode.mjs'));
    // oxlint-disable-next-line import/no-dynamic-require -- its copy in the home folder, as opencode loads it
    const { agentRq } = (await import(href)) as {
      agentRq(input: { client: OpenCodeClient; directory: string }, options: { workspace: string }): Promise<OpenCodeHooks>;
    };
    const session: OpenCodeClient['session'] = {
      get: async () => ({ data: {} }),
      list: async () => ({ data: [] }),
      messages: async () => ({ data: [] }),
      promptAsync: async () => {},
    };
    hooks = await agentRq({ client: { session }, directory: home }, { workspace: workspaceId });
  });

  afterEach(async () => {
    for (const response of open) response.end('{}');
    await hub.close();
    rmSync(home, { recursive: true, force: true });
  });

  // Windows tells nobody what a program was started with.
  if (process.platform !== 'win32') {
    const ready = { '/api/agent': { location: {} }, files: [] };
    const answers: [what: string, more: object, answers: Record<string, unknown>, event: string][] = [
      ['has told its agents and found files', { experimental_workspace: {} }, ready, 'SessionStart'],
      ['answers with a page', { experimental_workspace: {} }, { ...ready, '/api/agent': '<!doctype html>' }, 'SessionGettingReady'],
      ['finds no files', { experimental_workspace: {} }, { '/api/agent': { location: {} } }, 'SessionGettingReady'],
      ['knows no workspaces, so it is not asked', {}, ready, 'SessionGettingReady'],
    ];
    for (const [what, more, given, event] of answers) {
      it(`says ${event} of a session that an opencode goes on with that ${what}`, async () => {
        const program = `
          const { agentRq } = await import(${JSON.stringify(pathToFileURL(join(home, 'bin', 'opencode.mjs')).href)});
          const answers = ${JSON.stringify(given)};
          const client = {
            session: { get: async () => ({ data: {} }) },
            app: { agents: async ({ url }) => ({ data: answers[url] }) },
            find: { files: async () => ({ data: answers.files }) },
          };
          await agentRq({ client, directory: '/', ...${JSON.stringify(more)} }, { workspace: '${workspaceId}' });
          setInterval(() => {}, 1_000);`;
        const args = ['--no-warnings', '--input-type=module', '--eval', program, '--', '--session', 's1'];
        const openCode = spawn(process.execPath, args, { stdio: 'ignore' });
        await waitFor('it to wait', () => hub.requests.length === 1).finally(() => openCode.kill('SIGKILL'));
        assert.deepEqual(hub.requests[0]?.body, { hook_event_name: event, session_id: 's1', cwd: '/' });
      });
    }
  }

  // Windows has no groups that end with a terminal.
  if (process.platform !== 'win32') {
    it('tells that a tool was used from a group of its own, which does not end with the terminal', async () => {
      await hooks['tool.execute.after']({ tool: `agentrq-${workspaceId}_reply`, sessionID: 's', args: {} });
      await hooks['chat.params']({ sessionID: 's' });
      await waitFor('the use to be told', () => open.length === 1);
      const { pid } = (await runningProcesses()).find(({ line }) => line.includes(home)) ?? assert.fail('no hook runs');
      assert.equal(Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' })), pid);
    });
  }
});
