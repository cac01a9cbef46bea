import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from '../../../src/protocol/model.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { Dialog } from '../agents/agentProgram.ts';
import { beginTask } from '../rows/createdTask.ts';
import { openStage, type Stage } from '../stage.ts';
import { answerDialogs, openTerminal, type Terminal } from '../terminal.ts';
import type { RoundPlan } from './planRounds.ts';
import { playRound, type Round } from './playRound.ts';
import type { WakeAgent } from './wakeAgents.ts';

/** One agent, in a terminal, whose turn has ended. */
export interface WokenAgent {
  wakeAgent: WakeAgent;
  stage: Stage;
  taskId: string;
  /** What the hub says will become of the user's next word. */
  hears(): Promise<Agent['hears']>;
  /** Its program dies, as in a crash. */
  kill(): Promise<void>;
  /** Its session goes on in another terminal. */
  resume(): Promise<void>;
  screen(): Promise<string>;
}

const settleMs = 180_000;

/**
 * An agent does one thing, and ends its turn; then the user writes, again and again.
 * @param options.onRound hears of each round once it is over
 */
export async function playWake(
  wakeAgent: WakeAgent,
  options: {
    plans: readonly RoundPlan[];
    awayMs: number;
    traffic: string;
    log: (line: string) => void;
    onRound: (round: Round) => void;
  },
): Promise<void> {
  const { plans, awayMs, log, onRound } = options;
  const stage = await openStage({ traffic: options.traffic });
  try {
    const woken = await beginWork(wakeAgent, stage, log);
    try {
      for (const [index, plan] of plans.entries()) {
        const round = await playRound(woken, plan, { word: `word-${index}-end`, awayMs });
        onRound(round);
        log(`${index + 1}: ${describeRound(round)}`);
        if (round.happened === 'nothing' || round.told !== 1) log([await woken.screen(), ...stage.model.problems].join('\n'));
      }
    } catch (error) {
      log(await woken.screen());
      log(stage.model.problems.join('\n'));
      throw error;
    } finally {
      await woken.leave();
    }
  } finally {
    await stage.dispose();
  }
}

async function beginWork(
  wakeAgent: WakeAgent,
  stage: Stage,
  log: (line: string) => void,
): Promise<WokenAgent & { leave(): Promise<void> }> {
  const { agent, program, start, resume, hasWrapper } = wakeAgent;
  const { model, api } = stage;
  const sessionId = randomUUID();
  let taskId = '';
  agent.prepare(stage);
  await stage.connect(agent.id, 'bridge', { wake: { program } });
  model.play([...beginTask((id) => void (taskId = id)), { say: 'I am done for now.' }], agent.own);
  let terminals = 0;
  const open = async (line: ReturnType<WakeAgent['start']>): Promise<{ terminal: Terminal; stop: () => void }> => {
    terminals += 1;
    const terminal = await openTerminal(line, stage, `tmux${terminals}`);
    return { terminal, stop: keepAnswering(terminal, agent.inTerminal?.dialogs ?? []) };
  };
  let now = await open(start(stage, 'Do what is next.', sessionId));
  try {
    await waitFor('the agent to end its first turn', async () => model.isIdle() || (await pause(200), false), settleMs * 2);
  } catch (error) {
    log(await now.terminal.screen());
    throw error;
  }
  return {
    wakeAgent,
    stage,
    taskId,
    hears: async () => (await api.call('getBoard', {})).agents[0]?.hears,
    async kill() {
      now.stop();
      await (hasWrapper ? now.terminal.killGroup() : now.terminal.kill());
    },
    async resume() {
      if (resume === undefined) throw new Error(`${agent.name} is not resumed`);
      now = await open(resume(stage, sessionId));
    },
    screen: () => now.terminal.screen(),
    leave: async () => now.stop(),
  };
}

function describeRound({ plan, said, happened, wokenMs, told, rings, waits }: Round): string {
  const { disturbance, atMs } = plan;
  const isTimed = disturbance !== 'nothing' && disturbance !== 'long pause' && disturbance !== 'outage' && disturbance !== 'busy';
  const when = isTimed ? ` ${atMs} ms from the word` : '';
  const open = waits === undefined ? '' : `, open ${waits.processes}+${waits.rows}`;
  const after = wokenMs === undefined ? '' : ` after ${wokenMs} ms`;
  return `${disturbance}${when}: said ${said ?? 'nothing'}, happened ${happened}${after}, told ${told}×, rung ${rings}×${open}`;
}

/** Presses what a user presses when the agent asks, until the returned function is called. */
function keepAnswering(terminal: Terminal, dialogs: readonly Dialog[]): () => void {
  const answer = answerDialogs(terminal, dialogs);
  const over = new AbortController();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await answer().catch(() => {});
      await pause(200);
    }
  };
  if (dialogs.length > 0) void look();
  return () => over.abort();
}
