import { type Generations, readGenerations, writeGenerations } from '../../home/generations.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import { UserError } from '../../util/errors.ts';
import { StartError } from '../lifecycle/startError.ts';

/** How many tokens the agents of each workspace have had. */
export interface TokenGenerations {
  of(workspaceId: string): number;
  /** On to the next one; it is on disk when this returns. @throws HubError `storage_failed` */
  advance(workspaceId: string): void;
  /** The same for these. */
  advanceAll(workspaceIds: readonly string[]): void;
}

/** @throws StartError `home-not-writable` */
export function openGenerations(home: string): TokenGenerations {
  let generations = read(home);
  const of = (workspaceId: string): number => generations.get(workspaceId) ?? 1;
  function advanceAll(workspaceIds: readonly string[]): void {
    if (workspaceIds.length === 0) return;
    const next = new Map([...generations, ...workspaceIds.map((id) => [id, of(id) + 1] as const)]);
    try {
      writeGenerations(home, next);
    } catch (error) {
      throw new HubError('storage_failed', "The hub can't write to its folder, so the token stays as it is.", { cause: error });
    }
    generations = next;
  }
  return { of, advance: (workspaceId) => advanceAll([workspaceId]), advanceAll };
}

function read(home: string): Generations {
  try {
    return readGenerations(home);
  } catch (error) {
    if (error instanceof UserError) throw new StartError('home-not-writable', error.sentence, { cause: error.cause });
    throw error;
  }
}
