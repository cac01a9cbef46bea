import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from '../../../src/protocol/model.ts';
import { isWakeSentence } from '../../../src/protocol/wake.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { Step } from '../model/script.ts';
import { type OpenWaits, openWaits } from './openWaits.ts';
import { type Disturbance, type RoundPlan, resumeMs } from './planRounds.ts';
import type { WokenAgent } from './playWake.ts';

/** How one round went. */
export interface Round {
  plan: RoundPlan;
  /** What the hub said before the user wrote. */
  said: Agent['hears'];
  /**
   * What became of it. `now`: the agent began a turn for it. `later`: it did, and not soon. `turnEnd`: it was told in the turn that it was
   * in, or began another with the end of that.
   */
  happened: 'now' | 'later' | 'turnEnd' | 'nothing';
  /**
   * From the user's word, or from when hub and agent were there again after it, to the first request to the model that was for it.
   * Milliseconds; `undefined`: none was.
   */
  wokenMs: number | undefined;
  /** How often the model has been told the user's words, in the whole conversation. */
  told: number;
  /** How often it was told that there is something. */
  rings: number;
  /** What waits for the next word after it; not counted for every agent. */
  waits: OpenWaits | undefined;
}

/** How long a round waits for its agent. Milliseconds. */
const wakeMs = 240_000;
/** An agent that begins within this has begun at once. Milliseconds. */
const soonMs = 20_000;
/** How long the model works where the user writes meanwhile. Milliseconds. */
const busyMs = 3_000;
const waitsMs = 15_000;

export async function playRound(woken: WokenAgent, plan: RoundPlan, { word, awayMs }: { word: string; awayMs: number }): Promise<Round> {
  const { stage, taskId, wakeAgent } = woken;
  const { model, api, workspaceId } = stage;
  const { own } = wakeAgent.agent;
  const { disturbance, pauseMs, atMs } = plan;
  const write = (text: string): Promise<unknown> => api.call('replyToTask', { workspaceId, taskId, text });
  const rung = (): number => model.conversation().filter(isWakeSentence).length;
  let rungBefore = rung();
  let firstAt: number | undefined;
  let firstWas: 'bell' | 'word' | undefined;
  /** When everything was there again that the word has to pass. */
  let thereAt = 0;
  let sentAt = Number.POSITIVE_INFINITY;
  const first = (what: 'bell' | 'word'): void => {
    if (performance.now() < sentAt) return;
    firstAt ??= performance.now();
    firstWas ??= what;
  };
  const reaction = (told: string): Step => {
    if (told.includes(word)) {
      first('word');
      return { say: 'I have read it.' };
    }
    if (!isWakeSentence(told)) return { say: 'There is nothing for me.' };
    first('bell');
    return { hub: 'waitForReply', input: { taskId } };
  };
  model.react(reaction, own);

  const disturb = async (): Promise<void> => {
    if (disturbance === 'hub killed') await stage.restartHub();
    if (disturbance === 'take-over') await takeOver?.();
    if (disturbance === 'agent killed') {
      await woken.kill();
      await woken.resume();
    }
    thereAt = performance.now();
  };
  const isTimed = disturbance === 'hub killed' || disturbance === 'take-over' || disturbance === 'agent killed';

  if (disturbance === 'outage') {
    await stage.killHub();
    await pause(awayMs);
    await stage.startHub();
  }
  const takeOver = disturbance === 'take-over' ? await stage.standBy() : undefined;
  const quietMs = isTimed && atMs < 0 ? pauseMs + atMs : pauseMs;
  await pause(quietMs);
  if (isTimed && atMs < 0) {
    const begun = performance.now();
    await disturb();
    await pause(Math.max(0, -atMs - (performance.now() - begun)));
  }
  if (disturbance === 'agent away') {
    await woken.kill();
    await pause(Math.abs(atMs));
  }
  const working = disturbance === 'busy' ? await keepBusy(woken, word, reaction) : undefined;
  if (working !== undefined) rungBefore = rung();
  const said = await woken.hears();
  sentAt = performance.now();
  await write(word);
  if (isTimed && atMs >= 0) {
    await pause(atMs);
    await disturb();
  }
  if (disturbance === 'agent away') {
    await woken.resume();
    thereAt = performance.now();
  }
  working?.end();
  const tellings = (): number => model.conversation().filter((message) => message.includes(word)).length;
  await waitFor(
    'the agent to be told, and to end its turn',
    async () => (tellings() > 0 && model.isIdle()) || (await pause(50), false),
    wakeMs,
  ).catch(() => {});
  // Nothing tells when its server is there again.
  if (disturbance === 'agent killed' || disturbance === 'agent away') await pause(resumeMs);
  const waits = await settledWaits(woken);
  // Nothing comes twice, also not a moment later.
  await pause(500);
  // One that was woken before anything else happened was not held up by that.
  const since = thereAt > sentAt && firstAt !== undefined && firstAt > thereAt ? thereAt : sentAt;
  const wokenMs = firstAt === undefined ? undefined : Math.round(firstAt - since);
  return { plan, said, happened: happenedOf(wokenMs, firstWas, disturbance), wokenMs, told: tellings(), rings: rung() - rungBefore, waits };
}

function happenedOf(wokenMs: number | undefined, firstWas: 'bell' | 'word' | undefined, disturbance: Disturbance): Round['happened'] {
  if (wokenMs === undefined) return 'nothing';
  if (firstWas === 'word' || (disturbance === 'busy' && wokenMs <= soonMs)) return 'turnEnd';
  return wokenMs <= soonMs ? 'now' : 'later';
}

/** The user writes something else, and the model thinks about that for so long that another word comes meanwhile. */
async function keepBusy(
  { stage, taskId, wakeAgent }: WokenAgent,
  word: string,
  reaction: (told: string) => Step,
): Promise<{ end: () => void }> {
  const { model, api, workspaceId } = stage;
  const other = `before-${word.replace('word', 'work')}`;
  const ended = Promise.withResolvers<void>();
  let isBusy = false;
  model.react((told) => {
    if (!told.includes(other) || told.includes(word)) return reaction(told);
    isBusy = true;
    return { say: 'I work on it.', first: () => ended.promise };
  }, wakeAgent.agent.own);
  await api.call('replyToTask', { workspaceId, taskId, text: other });
  await waitFor('the agent to be busy', async () => isBusy || (await pause(50), false), wakeMs);
  await pause(busyMs);
  return { end: () => ended.resolve() };
}

async function settledWaits({ stage, wakeAgent: { isWait } }: WokenAgent): Promise<OpenWaits | undefined> {
  if (isWait === undefined) return undefined;
  let waits = openWaits(stage, isWait);
  await waitFor(
    'one wait to be open',
    async () => {
      waits = openWaits(stage, isWait);
      return waits.processes + waits.rows === 1 || (await pause(250), false);
    },
    waitsMs,
  ).catch(() => {});
  return waits;
}
