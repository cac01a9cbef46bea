import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { Request } from '../../src/protocol/model.ts';
import { waitFor } from '../support/waitFor.ts';
import type { AgentProgram, CommandLine } from './agents/agentProgram.ts';
import type { Step } from './model/script.ts';
import type { Stage } from './stage.ts';
import type { Way } from './ways.ts';

/** One agent that plays one row on a stage of its own. */
export interface Play {
  stage: Stage;
  agent: AgentProgram;
  way: Way;
  user: User;
  /** Gives the agent this to do, and returns when it has ended. Throws if the script wasn't played to its end. */
  run(steps: readonly Step[]): Promise<void>;
}

/** What the user does at the board. */
export interface User {
  /** Waits until a request of this kind is open, and returns it. */
  asked(kind: Request['kind']): Promise<Request>;
  answer(request: Request, answer: { choices?: string[]; decision?: 'allow' | 'deny'; note?: string }): Promise<void>;
  write(taskId: string, text: string): Promise<void>;
  /** The permissions for tools of the hub itself that were asked for here. */
  ownTools(): readonly string[];
}

/** How long an agent may take for one thing to do. */
const runMs = 90_000;

export function createPlay(stage: Stage, agent: AgentProgram, way: Way): Play & { dispose(): Promise<void> } {
  const { api, workspaceId, model } = stage;
  const open = async (): Promise<Request[]> => (await api.call('getBoard', {})).requests.filter(({ status }) => status === 'open');
  const ownTools: string[] = [];
  const over = new AbortController();

  // Where the hub's own tools need leave, the user gives it: rows are about something else, but for the one that looks at this.
  async function allowOwnTools(): Promise<void> {
    while (!over.signal.aborted) {
      for (const request of await open().catch(() => [])) {
        if (!isOwnTool(request)) continue;
        ownTools.push(request.permission?.tool ?? '');
        await api.call('answerRequest', { workspaceId, requestId: request.id, decision: 'allow' }).catch(() => {});
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const allowing = allowOwnTools();

  const user: User = {
    async asked(kind) {
      let found: Request | undefined;
      await waitFor(
        `a ${kind} on the board`,
        async () => {
          found = (await open()).find((request) => request.kind === kind && !isOwnTool(request));
          return found !== undefined;
        },
        runMs,
      );
      return found ?? assert.fail();
    },
    async answer({ id: requestId }, answer) {
      await api.call('answerRequest', { workspaceId, requestId, ...answer });
    },
    async write(taskId, text) {
      await api.call('replyToTask', { workspaceId, taskId, text });
    },
    ownTools: () => ownTools,
  };

  return {
    stage,
    agent,
    way,
    user,
    async run(steps) {
      model.play(steps, agent.shell);
      const { output, ended } = await runProgram(agent.start(stage, 'Do what is next.'), stage);
      const said = `${agent.name} ${ended}; its output ends with: ${output.slice(-1_000)}`;
      assert.deepEqual(model.problems, [], said);
      assert.equal(model.left(), 0, `the script was not played to its end: ${said}`);
    },
    async dispose() {
      over.abort();
      await allowing;
    },
  };
}

function isOwnTool({ kind, permission }: Request): boolean {
  return kind === 'permission' && /agentrq/i.test(permission?.tool ?? '');
}

/** Runs it in the project, with nothing on its stdin. */
function runProgram(line: CommandLine, { folder, env }: Stage): Promise<{ output: string; ended: string }> {
  return new Promise((resolve) => {
    const child = spawn(line.command, line.args, {
      cwd: folder,
      env: { ...env, ...line.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), runMs);
    const finish = (ended: string): void => {
      clearTimeout(timer);
      resolve({ output, ended });
    };
    child.once('error', (error) => finish(`could not be started (${error.message})`));
    // Daemons that it leaves behind may hold its output, so nobody waits for that to close.
    child.once('exit', (code, signal) => finish(signal === null ? `ended with ${code}` : `was stopped after ${runMs / 1_000} s`));
  });
}
