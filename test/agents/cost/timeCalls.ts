import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { claudeCode } from '../agents/claudeCode.ts';
import type { Step } from '../model/script.ts';
import { runProgram } from '../runProgram.ts';
import { openStage } from '../stage.ts';
import type { Way } from '../ways.ts';

/** Connected without hooks, or with those of either form. */
export const setups = ['without hooks', 'hooks by address', 'hooks by commands'] as const;
export type Setup = (typeof setups)[number];

/** Without hooks it doesn't matter how the agent reaches the hub. */
const connections: { readonly [K in Setup]: { way: Way; hooks: boolean } } = {
  'without hooks': { way: 'http', hooks: false },
  'hooks by address': { way: 'http', hooks: true },
  'hooks by commands': { way: 'bridge', hooks: true },
};

/**
 * How long each of so many tool calls of Claude Code took, from the model's answer to the next request to it. Milliseconds.
 *
 * @param thinks How long the model takes to answer, in milliseconds. Meanwhile the hooks that nobody waits for come to their end.
 */
export async function timeCalls(setup: Setup, calls: number, thinks: number): Promise<number[]> {
  const stage = await openStage({ traffic: '/dev/null' });
  try {
    const { model } = stage;
    const { way, hooks } = connections[setup];
    claudeCode.prepare(stage);
    await stage.connect(claudeCode.id, way, { hooks });
    const at: number[] = [];
    const answered: number[] = [];
    const first = async (): Promise<void> => {
      at.push(performance.now());
      if (thinks > 0) await delay(thinks);
      answered.push(performance.now());
    };
    const call: Step = { first, shell: 'pwd' };
    model.play([...Array.from({ length: calls }, () => call), { first, say: 'I am there.' }], claudeCode.own);
    const ended = await runProgram(claudeCode.start(stage, 'Do what is next.'), stage);
    assert.deepEqual([model.problems, model.left()], [[], 0], ended);
    return at.slice(1).map((time, index) => time - (answered[index] ?? time));
  } finally {
    await stage.dispose();
  }
}
