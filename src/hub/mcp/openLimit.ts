import { HubError } from '../../protocol/hubErrors.ts';
import { openPerWorkspace } from '../../protocol/limits.ts';
import { createCounts } from '../../util/counts.ts';

/** Counts what the agents of each workspace have open, so that one that runs wild takes nothing from the others. */
export interface OpenLimit {
  /**
   * Something opens; the returned function says that it has ended.
   * @param replaces it takes the place of something that is counted already, so it is let in over the limit
   * @throws HubError `too_many_requests`
   */
  enter(workspaceId: string, options?: { replaces: boolean }): () => void;
}

export function createOpenLimit(limit = openPerWorkspace): OpenLimit {
  const open = createCounts<string>();
  return {
    enter(workspaceId, { replaces } = { replaces: false }) {
      const count = open.of(workspaceId);
      if (count >= limit && !replaces) {
        throw new HubError(
          'too_many_requests',
          `The agents of this workspace have ${count} calls and streams open. Let some of them end first.`,
        );
      }
      return open.enter(workspaceId);
    },
  };
}
