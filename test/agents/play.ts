import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from '../../src/protocol/model.ts';
import { waitFor } from '../support/waitFor.ts';
import type { AgentProgram, Dialog } from './agents/agentProgram.ts';
import type { Step } from './model/script.ts';
import type { RowId } from './rows/rowIds.ts';
import { runInTerminal, runMs, runProgram } from './runProgram.ts';
import type { Stage } from './stage.ts';

/** One agent that plays one row on a stage of its own. */
export interface Play {
  stage: Stage;
  agent: AgentProgram;
  user: User;
  /** Gives the agent this to do, and returns when it has ended. Throws if the script wasn't played to its end. */
  run(steps: readonly Step[]): Promise<void>;
  /** The same, but for an agent that comes to a stop in its terminal: `false` when `isStuck` says so before the end of the script. */
  runUnless(isStuck: () => Promise<boolean>, steps: readonly Step[]): Promise<boolean>;
}

/** What the user does at the board. */
export interface User {
  /** Waits until a request of this kind is open, and returns it. Throws when the agent has ended without one. */
  asked(kind: Request['kind']): Promise<Request>;
  /** Answers the next request of this kind, while the agent and its model go on. `run` fails if there was none. */
  answersNext(kind: Request['kind'], answer: Answer): void;
  answer(request: Request, answer: Answer): Promise<void>;
  write(taskId: string, text: string): Promise<void>;
  /** Whether the board says that the agent waits in a dialog of its own. */
  isAskedElsewhere(): Promise<boolean>;
  /** Where permission was asked for tools of the hub itself, each time. */
  ownTools(): readonly string[];
}

export interface Answer {
  choices?: string[];
  decision?: 'allow' | 'deny';
  note?: string;
}

const prompt = 'Do what is next.';

export function createPlay(stage: Stage, agent: AgentProgram, row: RowId): Play & { dispose(): Promise<void> } {
  const { api, workspaceId, model } = stage;
  const open = async (): Promise<Request[]> => (await api.call('getBoard', {})).requests.filter(({ status }) => status === 'open');
  const ownTools: string[] = [];
  const answering: Promise<void>[] = [];
  const over = new AbortController();

  // Where the hub's own tools need permission, the user gives it: rows are about something else, but for the one that looks at this.
  async function allowOwnTools(): Promise<void> {
    while (!over.signal.aborted) {
      for (const request of await open().catch(() => [])) {
        if (!isOwnTool(request)) continue;
        ownTools.push('on the board');
        await api.call('answerRequest', { workspaceId, requestId: request.id, decision: 'allow' }).catch(() => {});
      }
      await pause(50);
    }
  }
  const allowing = allowOwnTools();

  const onDialog = ({ isForOwnTool }: Dialog): void => void (isForOwnTool && ownTools.push('in its own dialog'));

  const user: User = {
    async asked(kind) {
      let found: Request | undefined;
      await waitFor(
        `a ${kind} on the board`,
        async () => {
          if (over.signal.aborted) throw new Error(`${agent.name} ended without a ${kind} on the board`);
          await pause(50);
          found = (await open()).find((request) => request.kind === kind && !isOwnTool(request));
          return found !== undefined;
        },
        runMs,
      );
      return found ?? assert.fail();
    },
    answersNext(kind, answer) {
      const done = user.asked(kind).then((request) => user.answer(request, answer));
      // Who looks at it does so when the agent has ended.
      done.catch(() => {});
      answering.push(done);
    },
    async answer({ id: requestId }, answer) {
      await api.call('answerRequest', { workspaceId, requestId, ...answer });
    },
    async write(taskId, text) {
      await api.call('replyToTask', { workspaceId, taskId, text });
    },
    async isAskedElsewhere() {
      const { agents } = await api.call('getBoard', {});
      return agents.some(({ waitsElsewhere }) => waitsElsewhere !== undefined);
    },
    ownTools: () => ownTools,
  };

  /** Throws unless the script was played to its end. */
  async function checkEnd(ended: string): Promise<void> {
    over.abort();
    const said = `${agent.name} ${ended}`;
    assert.deepEqual(model.problems, [], said);
    assert.equal(model.left(), 0, `the script was not played to its end: ${said}`);
    await Promise.all(answering);
  }

  /** Runs it in a terminal if it plays this row there, and without one otherwise. How it ended. */
  async function start(isStuck: () => Promise<boolean>): Promise<string> {
    const { inTerminal } = agent;
    if (!inTerminal?.rows.includes(row)) return await runProgram(agent.start(stage, prompt), stage);
    return await runInTerminal(inTerminal.start(stage, prompt, row), { dialogs: inTerminal.dialogs, onDialog, isStuck, stage });
  }

  return {
    stage,
    agent,
    user,
    async run(steps) {
      model.play(steps, agent.own);
      await checkEnd(await start(async () => false));
    },
    async runUnless(isStuck, steps) {
      model.play(steps, agent.own);
      const ended = await start(isStuck);
      if (model.problems.length === 0 && model.left() > 0 && (await isStuck())) return false;
      await checkEnd(ended);
      return true;
    },
    async dispose() {
      over.abort();
      await Promise.allSettled([allowing, ...answering]);
    },
  };
}

function isOwnTool({ kind, permission }: Request): boolean {
  return kind === 'permission' && /agentrq/i.test(permission?.tool ?? '');
}
