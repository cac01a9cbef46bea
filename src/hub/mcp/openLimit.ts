import { HubError } from '../../protocol/hubErrors.ts';
import { openPerWorkspace } from '../../protocol/limits.ts';

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
  const open = new Map<string, number>();
  return {
    enter(workspaceId, { replaces } = { replaces: false }) {
      const count = open.get(workspaceId) ?? 0;
      if (count >= limit && !replaces) {
        throw new HubError(
          'too_many_requests',
          `The agents of this workspace have ${count} calls and streams open. Let some of them end first.`,
        );
      }
      open.set(workspaceId, count + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        const left = (open.get(workspaceId) ?? 1) - 1;
        if (left > 0) open.set(workspaceId, left);
        else open.delete(workspaceId);
      };
    },
  };
}
