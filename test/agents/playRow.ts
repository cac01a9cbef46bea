import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../src/util/errors.ts';
import type { AgentProgram } from './agents/agentProgram.ts';
import { createPlay } from './play.ts';
import type { Result } from './report.ts';
import type { Row } from './rows/row.ts';
import type { RowId } from './rows/rowIds.ts';
import { rows } from './rows/rows.ts';
import { openStage } from './stage.ts';
import type { Way } from './ways.ts';

/** How a play went. */
export interface Played {
  result: Result;
  seconds: number;
  /** The names and versions by which the agent introduced itself to the hub. */
  introductions: string[];
}

/**
 * Plays one row with one agent, connected in one way.
 * @param out the folder that gets the traffic
 */
export async function playRow(agent: AgentProgram, row: RowId, way: Way, out: string): Promise<Played> {
  const begun = performance.now();
  const introductions: string[] = [];
  const result = await resultOf(async () => {
    const reason = agent.cannot[row];
    if (reason !== undefined) return { kind: 'no', reason };
    const mayBeWoken = agent.reportsIfWoken?.includes(row) ?? false;
    if (mayBeWoken && way !== 'bridge') return { kind: 'no', reason: 'It reports only through the bridge, with *Hooks and Waking*.' };
    const traffic = join(out, `${agent.short}-${way}-${row.replaceAll(' ', '-')}.jsonl`);
    rmSync(traffic, { force: true });
    const stage = await openStage({ traffic });
    try {
      agent.prepare(stage);
      await stage.connect(agent.id, way, mayBeWoken ? { wake: {} } : {});
      const play = createPlay(stage, agent, row);
      const outcome = await playTo(play, rows[row]);
      for (const { name, version } of (await stage.api.call('getBoard', {})).agents) introductions.push(`${name} ${version ?? ''}`.trim());
      return outcome;
    } finally {
      await stage.dispose();
    }
  });
  return { result, seconds: (performance.now() - begun) / 1_000, introductions };
}

async function playTo(play: ReturnType<typeof createPlay>, row: Row): Promise<Result> {
  try {
    return await row(play);
  } finally {
    await play.dispose();
  }
}

async function resultOf(play: () => Promise<Result>): Promise<Result> {
  try {
    return await play();
  } catch (error) {
    return { kind: 'fails', reason: describeError(error) };
  }
}
