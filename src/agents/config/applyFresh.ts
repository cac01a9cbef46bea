import { isDeepStrictEqual } from 'node:util';
import { type Applied, applyPlan } from './applyPlan.ts';
import { ConfigError } from './configError.ts';
import type { Machine } from './machine.ts';
import type { ConnectionPlan } from './planConnection.ts';

const tries = 5;

/**
 * Applies a plan that the user has agreed to. Some agents write their configs all the time, so if a file changed meanwhile, the plan
 * is made anew and applied at once, as long as it writes to the same files and takes out the same parts of theirs.
 * @throws ConfigError as `applyPlan` and `replan` do
 */
export async function applyFresh(machine: Machine, plan: ConnectionPlan, replan: () => Promise<ConnectionPlan>): Promise<Applied> {
  let current = plan;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyPlan(machine, current);
    } catch (error) {
      if (!(error instanceof ConfigError) || error.code !== 'changed' || attempt === tries) throw error;
      current = await replan();
      if (!isDeepStrictEqual(agreed(current), agreed(plan))) throw error;
    }
  }
}

function agreed({ edits }: ConnectionPlan): unknown {
  return edits.map(({ file, target, holdsToken, changed, present, next }) => ({
    file,
    target,
    holdsToken,
    changed,
    comes: present === undefined,
    goes: next === undefined,
  }));
}
