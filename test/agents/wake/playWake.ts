import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from '../../../src/protocol/model.ts';
import { waitFor } from '../../support/waitFor.ts';
import { beginTask } from '../rows/createdTask.ts';
import { openStage, type Stage } from '../stage.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import type { WakeAgent } from './wakeAgents.ts';

/** How one round went. */
export interface Round {
  /** What the hub said before the user wrote. */
  said: Agent['hears'];
  /** From the user's word to the model's first request. Milliseconds; `undefined`: it was not woken. */
  wokenMs: number | undefined;
  /** How often the model was told the user's words. */
  told: number;
  /** The hub was away before it. */
  outage: boolean;
}

const settleMs = 60_000;
/** How long a round waits for its agent. Milliseconds. */
const wakeMs = 90_000;

/**
 * An agent does one thing, and ends its turn; then the user writes, again and again, after a pause.
 * @param options.outages in how many rounds, of all, the hub dies before the user writes
 */
export async function playWake(
  { agent, program, start }: WakeAgent,
  options: {
    rounds: number;
    leastMs: number;
    mostMs: number;
    outages: number;
    awayMs: number;
    traffic: string;
    log: (line: string) => void;
  },
): Promise<Round[]> {
  const stage = await openStage({ traffic: options.traffic });
  try {
    const { model } = stage;
    agent.prepare(stage);
    await stage.connect(agent.id, 'bridge', { wake: { program } });
    let taskId = '';
    model.play([...beginTask((id) => void (taskId = id)), { say: 'I am done for now.' }], agent.own);
    const terminal = await openTerminal(start(stage, 'Do what is next.'), stage);
    const stop = answerDialogs(terminal, agent.inTerminal?.dialogs ?? []);
    try {
      await waitFor('the agent to end its first turn', async () => model.isIdle() || (await pause(200), false), settleMs * 2);
      const rounds: Round[] = [];
      for (let index = 0; index < options.rounds; index += 1) {
        const outage = index % Math.max(1, Math.floor(options.rounds / Math.max(1, options.outages))) === 1 && options.outages > 0;
        const round = await playRound(stage, taskId, agent, { ...options, word: `word-${index}-end`, outage });
        rounds.push(round);
        options.log(
          `  ${index + 1}: said ${round.said ?? 'nothing'}, ${round.wokenMs === undefined ? 'NOT WOKEN' : `woken after ${round.wokenMs} ms`}, told ${round.told}×${outage ? ', after an outage' : ''}`,
        );
        if (round.wokenMs === undefined) options.log(await terminal.screen());
      }
      assert.deepEqual(model.problems, []);
      return rounds;
    } catch (error) {
      options.log(await terminal.screen());
      options.log(model.problems.join('\n'));
      throw error;
    } finally {
      stop();
    }
  } finally {
    await stage.dispose();
  }
}

async function playRound(
  stage: Stage,
  taskId: string,
  { own }: WakeAgent['agent'],
  options: { word: string; outage: boolean; leastMs: number; mostMs: number; awayMs: number },
): Promise<Round> {
  const { model, api, workspaceId } = stage;
  const { word, outage, leastMs, mostMs } = options;
  let askedAt: number | undefined;
  model.play(
    [
      {
        told: /The user wrote in AgentRQ: call waitForReply/,
        first: () => void (askedAt ??= performance.now()),
        hub: 'waitForReply',
        input: { taskId },
      },
      { told: new RegExp(word), say: 'I have read it.' },
    ],
    own,
  );
  if (outage) {
    await stage.killHub();
    await pause(options.awayMs);
    await stage.startHub();
  }
  await pause(leastMs + Math.random() * (mostMs - leastMs));
  const said = await hears(stage);
  const sentAt = performance.now();
  await api.call('replyToTask', { workspaceId, taskId, text: word });
  await waitFor('the agent to be woken, and to end its turn', async () => model.isIdle() || (await pause(50), false), wakeMs).catch(
    () => {},
  );
  // Nothing comes twice, also not a moment later.
  await pause(500);
  const told = model.told.filter((text) => text.includes(word)).length;
  return { said, wokenMs: askedAt === undefined ? undefined : Math.round(askedAt - sentAt), told, outage };
}

async function hears({ api }: Stage): Promise<Agent['hears']> {
  const { agents } = await api.call('getBoard', {});
  return agents[0]?.hears;
}

/** Presses what a user presses when the agent asks. */
function answerDialogs(terminal: Terminal, dialogs: readonly { shows: RegExp; keys: readonly string[] }[]): () => void {
  const open = [...dialogs];
  const over = new AbortController();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted && open.length > 0) {
      const screen = await terminal.screen().catch(() => '');
      const index = open.findIndex(({ shows }) => shows.test(screen));
      const [dialog] = index === -1 ? [] : open.splice(index, 1);
      if (dialog !== undefined) await terminal.press(...dialog.keys);
      await pause(200);
    }
  };
  void look();
  return () => over.abort();
}
