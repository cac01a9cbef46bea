import { rmSync } from 'node:fs';
import { type BoardStore, createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream, type EventStream } from '../../src/client/eventStream.ts';
import type { HubApi } from '../../src/client/hubApi.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { apiOf } from './apiOf.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttableProxy.ts';
import { connectFaultAgent } from './faultAgent.ts';
import { freePort } from './freePort.ts';
import { type HubProcess, startHubProcess } from './hubProcess.ts';
import { type Era, eras, type ToolResult } from './testAgent.ts';
import { makeHome } from './testHub.ts';
import { waitFor } from './waitFor.ts';

/** What can go wrong between a person and an agent. */
export const faults = ['hub killed', 'hub restarted', 'window reloaded', 'agent restarted', 'connection lost', 'call timed out'] as const;
export type Fault = (typeof faults)[number];

/** Both eras, and the newer one with a client that follows tasks. */
export type FaultEra = Era | 'tasks';
export const faultEras: readonly FaultEra[] = [...eras, 'tasks'];

/** A hub in a process, an agent behind a network that breaks when told to, and a window that follows. */
export interface FaultRig {
  api: HubApi;
  workspaceId: string;
  /** The window's board. */
  readonly board: BoardStore['board'];
  /** Calls a tool as the agent, and again after a failure, as a host would. Counts what it was told. */
  call(tool: string, args?: Record<string, unknown>): Promise<ToolResult>;
  /** Lets a call wait; `fault` may hit it. */
  begin(tool: string, args: Record<string, unknown>): void;
  /** The call that waits is over: it has its answer, or (`giveUp`) nobody waits for it any more. */
  end(how: 'answered' | 'giveUp'): Promise<void>;
  happen(fault: Fault): Promise<void>;
  /** How often the agent of this moment was given each text of the user's. */
  heard(text: string): number;
  dispose(): Promise<void>;
}

export async function startFaultRig(era: FaultEra): Promise<FaultRig> {
  const home = makeHome();
  const port = await freePort();
  let hub: HubProcess = await startHubProcess({ home, port });
  const proxy: CuttableProxy = await startCuttableProxy(hub.url);
  const [workspace] = hub.workspaces;
  if (workspace === undefined) throw new Error('the hub has no workspace');
  const address = async () => ({ url: hub.url, token: hub.userToken });
  const api = apiOf(() => hub);
  const agentAddress = { mcpUrl: workspace.mcpUrl.replace(hub.url, proxy.url), agentToken: workspace.agentToken };

  let results: string[] = [];
  let agent = await connectFaultAgent(era, agentAddress);
  let pending: { giveUp: AbortController; ended: Promise<void> } | undefined;
  let window = openWindow();

  function openWindow(): { store: BoardStore; stream: EventStream } {
    const stream = createEventStream({ address, fetch, clock: systemClock, random: () => 0, log: nullLog });
    const store = createBoardStore({ api, stream, clock: systemClock, random: () => 0, log: nullLog });
    store.start();
    return { store, stream };
  }

  function closeWindow(): void {
    window.store.dispose();
    window.stream.dispose();
  }

  function note(result: ToolResult): ToolResult {
    results.push(...result.texts);
    return result;
  }

  /** A client that can't go on connects anew, as a host does when its server is gone for good. */
  async function attempt(tool: string, args: Record<string, unknown>): Promise<ToolResult | undefined> {
    try {
      return note(await agent.call(tool, args, { timeout: 15_000 }));
    } catch {
      return undefined;
    }
  }

  return {
    api,
    workspaceId: workspace.id,
    get board() {
      return window.store.board;
    },
    async call(tool, args = {}) {
      let result: ToolResult | undefined;
      await waitFor(`an answer to ${tool}`, async () => {
        result = await attempt(tool, args);
        return result !== undefined;
      });
      return result as ToolResult;
    },
    begin(tool, args) {
      const giveUp = new AbortController();
      const ended = agent.call(tool, args, { signal: giveUp.signal, timeout: 20_000 }).then(
        (result) => void note(result),
        () => {},
      );
      pending = { giveUp, ended };
    },
    async end(how) {
      if (how === 'giveUp') pending?.giveUp.abort();
      await pending?.ended;
      pending = undefined;
    },
    async happen(fault) {
      switch (fault) {
        case 'hub killed':
        case 'hub restarted':
          // It has then noted what it has written whole to the agent. One that is killed before it has says it again.
          await api.call('getBoard', {});
          await hub.stop(fault === 'hub killed' ? 'SIGKILL' : 'SIGTERM');
          hub = await startHubProcess({ home, port });
          break;
        case 'window reloaded':
          closeWindow();
          window = openWindow();
          break;
        case 'agent restarted': {
          // Its process is gone: nobody says goodbye, and nobody remembers what it was told.
          proxy.cut();
          const old = agent;
          void old.close().catch(() => {});
          results = [];
          // The pool of connections takes a moment to learn that those it has are dead.
          await waitFor('the agent to be back', async () => {
            try {
              agent = await connectFaultAgent(era, agentAddress);
              return true;
            } catch {
              return false;
            }
          });
          break;
        }
        case 'connection lost':
          proxy.cut();
          break;
        case 'call timed out':
          pending?.giveUp.abort();
          await pending?.ended;
          break;
      }
    },
    heard: (text) => results.filter((result) => result.includes(text)).length,
    async dispose() {
      pending?.giveUp.abort();
      closeWindow();
      await agent.close().catch(() => {});
      await proxy.close();
      await hub.stop('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
