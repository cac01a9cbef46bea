// Where the hub is: it writes `hub.json` into its home folder once it listens, and agents' scripts read it. The check is written out,
// because the hook script, which runs at every step of an agent, has no room for a schema library.

/** The name of the file in the home folder. */
export const discoveryFile = 'hub.json';

/** What it says. */
export interface Discovery {
  /** `http://127.0.0.1:23837` */
  url: string;
  hubId: string;
  /** The process that the hub runs in. When it is gone, the file is a leftover. */
  pid: number;
  protocolVersion: number;
  /** Of the product that the hub came with: `1.4.0`. */
  version: string;
}

/** Reads the text of `hub.json`; `undefined` if it isn't one. What a newer hub says besides is passed over. */
export function parseDiscovery(text: string): Discovery | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { url, hubId, pid, protocolVersion, version } = value as Partial<Record<keyof Discovery, unknown>>;
  if (typeof url !== 'string' || typeof hubId !== 'string') return undefined;
  if (!isPositive(pid) || !isPositive(protocolVersion)) return undefined;
  return { url, hubId, pid, protocolVersion, version: typeof version === 'string' ? version : '' };
}

function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
