import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type AgentId,
  applyPlan,
  type ConnectionPlan,
  type Machine,
  planConnection,
  systemDisk,
  systemGit,
} from '../../src/agents/config/connectAgent.ts';
import { installScripts } from '../../src/agents/installScripts.ts';
import type { HubApi } from '../../src/client/hubApi.ts';
import { systemClock } from '../../src/util/clock.ts';
import { apiOf } from '../support/apiOf.ts';
import { freePort } from '../support/freePort.ts';
import { type HubProcess, startHubProcess } from '../support/hubProcess.ts';
import { programs } from '../support/programs.ts';
import { waitFor } from '../support/waitFor.ts';
import { openWindow } from '../support/windowProcess.ts';
import { endAllWithin } from './endAllWithin.ts';
import { type ScriptedModel, startScriptedModel } from './model/scriptedModel.ts';
import type { Way } from './ways.ts';

/** Where one play happens: a user's home folder, a project, a real hub and a scripted model, all for this play alone. */
export interface Stage {
  /** The folder that all of it is in. */
  root: string;
  userHome: string;
  /** The project: a git repository that ignores what Connect may write a token into. */
  folder: string;
  workspaceId: string;
  model: ScriptedModel;
  /** The user. */
  api: HubApi;
  /** The environment of the agent: its home, no network but this machine, and nothing of ours. */
  env: Record<string, string>;
  /** Writes a file of the user, as it was before Connect. */
  put(path: string, text: string): void;
  /** Does what the command *Connect an Agent* does, once the user has chosen. What was written. */
  connect(agent: AgentId, way: Way, chosen?: Chosen): Promise<ConnectionPlan>;
  /** The hub dies as in a crash, and comes back at the same port. */
  restartHub(): Promise<void>;
  /** The hub dies as in a crash, and is away until `startHub`. */
  killHub(): Promise<void>;
  /** It comes back at the same port. */
  startHub(): Promise<void>;
  /**
   * Another process stands by, as a second window does; the returned function lets the hub die, and returns once that has taken its place.
   */
  standBy(): Promise<() => Promise<void>>;
  /** Ends everything that was started here, and removes the folder. */
  dispose(): Promise<void>;
}

/** What the user chooses beside the way. */
interface Chosen {
  /** Whether the agent reports by itself; it does if nothing is said. */
  hooks?: boolean;
  /** The agent may be woken, and where it is woken by its program, that is this one. */
  wake?: { program?: string | undefined };
}

/** Whoever stops a run leaves no agent behind. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** @param traffic the file that is to have what agents and hub say to each other */
export async function openStage({ traffic }: { traffic: string }): Promise<Stage> {
  // Short, because sockets are made in it.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'arq-')));
  const remove = (): void => rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  const stopped = (): void =>
    void endAllWithin(root)
      .then(remove)
      .finally(() => process.exit(1));
  for (const signal of stopSignals) process.once(signal, stopped);
  const userHome = join(root, 'home');
  const folder = join(root, 'shop');
  for (const path of [userHome, folder, join(root, 'tmp')]) mkdirSync(path);
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  put(join(folder, '.gitignore'), '.claude/settings.local.json\n');
  execFileSync('git', ['init', '--quiet', folder]);

  const home = join(userHome, '.agentrq');
  const port = await freePort();
  const recording = recorded(root, traffic, userHome);
  const startHub = (): Promise<RunningHub> => startHubProcess({ home, port, within: `export ${assignments(recording)}; exec "$@"` });
  let hub = await startHub();
  const api = apiOf(() => hub);
  const { workspace } = await api.call('openWorkspace', { name: 'shop', folder: pathToFileURL(folder).href });
  const model = await startScriptedModel();
  const machine: Machine = { platform: process.platform, env: {}, userHome, home, disk: systemDisk, git: systemGit, clock: systemClock };

  return {
    root,
    userHome,
    folder,
    workspaceId: workspace.id,
    model,
    api,
    env: agentEnv(root, userHome),
    put,
    async connect(agent, way, { hooks = true, wake } = {}) {
      const { mcpUrl, token } = await api.call('getWorkspaceToken', { workspaceId: workspace.id });
      const reach = way === 'bridge' ? { transport: 'bridge' as const } : { transport: 'http' as const, mcpUrl, token };
      const plan = await planConnection(machine, {
        agent,
        workspaceId: workspace.id,
        folder,
        reach,
        hooks,
        wake: wake !== undefined,
        program: wake?.program,
      });
      installScripts({ from: dirname(programs.bridge), home });
      await applyPlan(machine, plan);
      return plan;
    },
    async restartHub() {
      await hub.stop('SIGKILL');
      hub = await startHub();
    },
    async killHub() {
      await hub.stop('SIGKILL');
    },
    async startHub() {
      hub = await startHub();
    },
    async standBy() {
      const { url, userToken: token } = hub;
      const window = await openWindow({ entry: programs.hub, home, port, token, env: recording });
      return async () => {
        await hub.stop('SIGKILL');
        hub = { url, userToken: token, stop: () => window.kill() };
        await waitFor('the window to run the hub', () => window.leads && window.isLive);
      };
    },
    async dispose() {
      for (const signal of stopSignals) process.off(signal, stopped);
      await endAllWithin(root);
      await model.close();
      await hub.stop('SIGTERM');
      remove();
    },
  };
}

const recorder = pathToFileURL(join(import.meta.dirname, 'recordTraffic.ts')).href;

/** What is needed of a process that runs the hub. */
type RunningHub = Pick<HubProcess, 'url' | 'userToken'> & { stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<unknown> };

/** The surroundings of a hub whose traffic is recorded. */
function recorded(root: string, traffic: string, userHome: string): Record<string, string> {
  // The stage is named so that its hub is found when everything of it has to end.
  return { AGENTRQ_STAGE: `${root}/`, HOME: userHome, AGENTRQ_TRAFFIC: traffic, NODE_OPTIONS: `--import=${recorder}` };
}

function assignments(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
}

/** A port that refuses: whatever wants to leave this machine fails at once. */
const nowhere = 'http://127.0.0.1:9';

function agentEnv(root: string, userHome: string): Record<string, string> {
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  const direct = '127.0.0.1,localhost,::1';
  return {
    HOME: userHome,
    USER: 'user',
    SHELL: '/bin/bash',
    // The Node that runs this comes first: agents start the bridge and the hook script by the name `node`.
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: join(root, 'tmp'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    ...Object.fromEntries(proxies.map((name) => [name, nowhere])),
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
