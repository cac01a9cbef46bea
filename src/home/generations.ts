import { join } from 'node:path';
import { UserError } from '../util/errors.ts';
import { translatable } from '../util/sentence.ts';
import { masterSecretFile } from './agentToken.ts';
import { readPrivateFile, writePrivateFile } from './privateFile.ts';

// Each workspace has its generation of agents' tokens: the first, until the user has had the token replaced. They stand in a file
// of their own, because the hub and agents' scripts derive the same token and need the same number. The check is written out, because
// the hook script has no room for a schema library.

const fileName = 'generations.json';

/** The generations by workspace id; a workspace that isn't there is in its first. */
export type Generations = ReadonlyMap<string, number>;

/**
 * What the home folder says.
 * @throws UserError if the file can't be trusted, or can't be read: taking it for empty would let replaced tokens in again
 */
export function readGenerations(home: string): Generations {
  const file = join(home, fileName);
  const text = readPrivateFile(file);
  return text === undefined ? new Map() : parse(text, file);
}

/** Puts them in place whole. What the file says counts from then on, for the hub and for scripts. */
export function writeGenerations(home: string, generations: Generations): void {
  writePrivateFile(join(home, fileName), `${JSON.stringify(Object.fromEntries(generations))}\n`);
}

function parse(text: string, file: string): Generations {
  const generations = new Map<string, number>();
  try {
    for (const [workspaceId, generation] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
      if (!Number.isSafeInteger(generation) || Number(generation) < 1) throw new Error(`no generation: ${String(generation)}`);
      generations.set(workspaceId, Number(generation));
    }
  } catch (error) {
    throw new UserError(
      translatable(
        "AgentRQ can't tell from {0} which tokens of agents have been replaced. Delete it and {1} beside it, so that all of them are, restart the hub, and connect your agents again.",
        file,
        masterSecretFile,
      ),
      { cause: error },
    );
  }
  return generations;
}
