import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HubApi } from '../../src/client/hubApi.ts';
import { connectionLimits } from '../../src/hub/http/listen.ts';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import type { HubOptions } from '../../src/hub/start/hubOptions.ts';
import { type EndpointSettings, openEndpoints } from '../../src/hub/start/openEndpoints.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { apiOf } from './apiOf.ts';
import type { AgentAddress } from './testAgent.ts';

/** A real hub on a free port, in a folder of its own. */
export interface TestHub {
  hub: Hub;
  home: string;
  /** The user. */
  api: HubApi;
  /** The workspace that tests work in. */
  workspaceId: string;
  agentAddress(workspaceId?: string): AgentAddress;
  /** Stops the hub and removes its folder. */
  dispose(): Promise<void>;
}

export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), 'agentrq-test-'));
}

/** The product's endpoints with other settings. */
export function endpointsWith(settings: EndpointSettings): typeof openEndpoints {
  return (foundation, services, options, opened) => openEndpoints(foundation, services, options, opened, settings);
}

/** For a hub that shares its process with its clients: if that stands still for seconds, it is not a client that is slow. */
export const patientLimits = { ...connectionLimits, idleMs: 3_600_000, headersMs: 3_600_000, requestMs: 3_600_000 };

export async function startTestHub(options: Partial<HubOptions> = {}, openedBy?: typeof openEndpoints): Promise<TestHub> {
  const home = options.home ?? makeHome();
  const usual = { home, port: 0, version: '0.0.0', clock: systemClock, log: nullLog, connectionLimits: patientLimits };
  const hub = await startHub({ ...usual, ...options }, openedBy);
  const workspaceId = hub.openWorkspace('test').id;
  return {
    hub,
    home,
    workspaceId,
    api: apiOf(() => hub),
    agentAddress: (id = workspaceId) => ({ mcpUrl: hub.mcpUrl(id), agentToken: hub.agentToken(id) }),
    async dispose() {
      await hub.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
