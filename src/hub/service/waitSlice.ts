import { maxWaitSeconds } from '../../protocol/limits.ts';

// How long a tool call may wait for the user. Every client gives up on a call after a while, each after another one; so a call
// comes back before that, and the agent asks again.

/** Shorter than the time-out that the client is documented, or was seen, to have. Seconds. */
const slices: readonly { name: RegExp; seconds: number }[] = [
  // The desktop app gives up after 60 s, and nothing on the wire tells it from the command line.
  { name: /^claude-code/, seconds: 50 },
  { name: /^codex/, seconds: 50 },
  { name: /^gemini-cli/, seconds: 540 },
  // The editor's agents that run outside of its extension host, which have the shorter time-out of the two.
  { name: /copilot|agent host/i, seconds: 25 },
  { name: /^(Visual Studio Code|VS Code|vscode)/i, seconds: 240 },
  { name: /^(cursor|windsurf|devin)/i, seconds: 50 },
  { name: /^(@?cline|roo)/i, seconds: 50 },
  { name: /^opencode/, seconds: 25 },
  { name: /^dsh-plugin-agentrq/, seconds: 25 },
];

/** What an unknown client can be trusted to wait without being asked, and with. The SDK's own time-out is 60 s. */
const unknown = { slice: 25, most: 50 };

/** How long calls of a client wait, in seconds: unless they say how long (`slice`), and at most (`most`). */
export interface WaitSlice {
  slice: number;
  most: number;
}

/**
 * @param clientName the name in its `clientInfo`
 * @param configured what the user set for clients by their names; an exact name counts
 * @param promised what the client's config entry says that it waits (`agentrq-wait-seconds`)
 */
export function waitSliceOf(clientName: string, configured: Readonly<Record<string, number>>, promised: number | undefined): WaitSlice {
  const own = Object.hasOwn(configured, clientName) ? configured[clientName] : promised;
  if (own !== undefined && Number.isFinite(own) && own >= 0) {
    const seconds = Math.min(own, maxWaitSeconds);
    return { slice: seconds, most: seconds };
  }
  const known = slices.find(({ name }) => name.test(clientName))?.seconds;
  return known === undefined ? unknown : { slice: known, most: known };
}

/** How long one call waits, in ms. */
export function waitMsOf({ slice, most }: WaitSlice, asked: number | undefined): number {
  return Math.min(asked ?? slice, most) * 1000;
}
