import assert from 'node:assert/strict';
import type { AgentId } from '../../../../src/agents/config/connectAgent.ts';
import type { EntryReach } from '../../../../src/agents/doctor/entryReach.ts';
import type { FoundNode } from '../../../../src/agents/doctor/findNode.ts';
import type { ProbeResult } from '../../../../src/agents/doctor/probeTypes.ts';
import type { Board } from '../../../../src/client/board.ts';
import { createConnect } from '../../../../src/ui/connect/connect.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { type AgentMachine, agentMachine } from '../../../support/agentMachine.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { type Act, FakePrompts } from '../support/fakePrompts.ts';
import { board, english, workspace } from '../support/fixtures.ts';
import { FakeEditor } from './fakeEditor.ts';

export const workspaceId = '0h8b1P7TX5V';
export const token = `arq_${workspaceId}_A-b_c`;
/** What it is replaced by. */
export const nextToken = `arq_${workspaceId}_N-e_w`;
const hubUrl = 'http://127.0.0.1:41837';

/** A person who connects agents on a machine of their own, with a hub that is only played. */
export function setUpConnect(...script: Act[]) {
  // No file of it is in a repository.
  const machine: AgentMachine = agentMachine({ git: async () => 128 });
  const shop = workspace({ id: workspaceId, name: 'shop', folder: `file://${encodeURI(machine.project)}` });
  const store = new FakeBoardStore(board({ workspaces: [shop], agents: [], tasks: [] }));
  const present = { token, mcpUrl: `${hubUrl}/mcp/${workspaceId}` };
  const api = new FakeHubApi({
    getWorkspaceToken: () => ({ ...present }),
    rotateAgentToken: () => ({ ...present, token: (present.token = nextToken) }),
  });
  const clock = createFakeClock();
  const own = [workspaceId];
  const prompts = new FakePrompts(...script);
  const editor = new FakeEditor();
  const system = {
    found: ['codex'] as AgentId[],
    /** The paths of the programs that are found. */
    programs: {} as Partial<Record<AgentId, string>>,
    installs: 0,
    node: { path: '/usr/bin/node', version: '24.21.0' } as FoundNode | undefined,
    answer: { kind: 'answered', tools: 8 } as ProbeResult,
    probed: [] as EntryReach[],
  };
  const connect = createConnect(
    {
      board: store,
      api,
      prompts,
      editor,
      clock,
      log: nullLog,
      report: (error) => assert.fail(String(error)),
      l10n: english,
      address: async () => ({ url: hubUrl, token: 'person' }),
      workspaceIds: () => own,
      home: () => undefined,
      scripts: '/nowhere',
      formatTime: (time) => time.slice(0, 10),
    },
    () => ({
      machine,
      detect: async () => [
        ...system.found.map((agent) => ({ agent, folder: '/found' })),
        ...Object.entries(system.programs).map(([agent, program]) => ({ agent: agent as AgentId, program })),
      ],
      install: () => void (system.installs += 1),
      findNode: async () => system.node,
      probe: async (reach) => {
        system.probed.push(reach);
        return system.answer;
      },
    }),
  );
  const setBoard = (parts: Parameters<typeof board>[0]): Board => board({ workspaces: [shop], agents: [], tasks: [], ...parts });
  return { clock, own, machine, store, api, prompts, editor, system, connect, setBoard };
}
