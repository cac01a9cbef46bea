const keptAtMost = 10_000;

/** Who announces what. It lives as long as the hub: what has been announced before is not open to a claim by then. */
export interface Announcements {
  /** Whether `windowId` is the one that announces `id`. */
  claim(id: string, windowId: string): boolean;
}

/** It keeps the newest 10,000 ids. */
export function createAnnouncements(): Announcements {
  const owners = new Map<string, string>();
  return {
    claim(id, windowId) {
      const owner = owners.get(id);
      if (owner !== undefined) return owner === windowId;
      owners.set(id, windowId);
      const [oldest] = owners.keys();
      if (owners.size > keptAtMost && oldest !== undefined) owners.delete(oldest);
      return true;
    },
  };
}
