import type { ServerResponse } from 'node:http';

/** The answers that are under way, by whose they are: they end when their owner's token does. */
export interface OpenResponses {
  /** Notes one, until it is closed. */
  add(owner: string, response: ServerResponse): void;
  count(owner: string): number;
  /** Those who have any. */
  owners(): string[];
  /** Ends all of an owner's, with their connections. */
  cut(owner: string): void;
}

export function createOpenResponses(): OpenResponses {
  const open = new Map<string, Set<ServerResponse>>();
  return {
    add(owner, response) {
      if (response.destroyed) return;
      const own = open.get(owner) ?? new Set();
      open.set(owner, own.add(response));
      response.on('close', () => {
        own.delete(response);
        if (own.size === 0 && open.get(owner) === own) open.delete(owner);
      });
    },
    count: (owner) => open.get(owner)?.size ?? 0,
    owners: () => [...open.keys()],
    cut(owner) {
      for (const response of open.get(owner) ?? []) response.destroy();
    },
  };
}
