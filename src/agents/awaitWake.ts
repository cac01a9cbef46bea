import { existsSync } from 'node:fs';
import { type WakeAnswer, wakeHeader } from '../protocol/wake.ts';
import { findHub } from './findHub.ts';
import type { ScriptArgs } from './scriptArgs.ts';
import { sendToHub } from './sendToHub.ts';

// The hook that an agent leaves running when it has ended its turn: it waits for the user's next word at the hub, however often that goes
// away and comes back, and no longer than its agent runs.

/** How long it waits for a hub that isn't there, at first and at most. Milliseconds. */
const firstPauseMs = 500;
const longestPauseMs = 2_000;

/** What the agent is to be told; `undefined`: nothing, because something else happened there, or another one waits in its place. */
export async function awaitWake({ workspaceId, home, agent }: ScriptArgs, event: Buffer): Promise<string | undefined> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const answer = await askOnce(home, workspaceId, `/hooks/${workspaceId}/${agent ?? ''}`, event);
    if (answer !== undefined && answer.again !== true) return answer.wake;
    // A home folder that is gone has no hub any more.
    if (answer === undefined && !existsSync(home)) return undefined;
    if (answer !== undefined) pauseMs = firstPauseMs;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** `undefined`: no hub is there, or it went away meanwhile. */
async function askOnce(home: string, workspaceId: string, path: string, event: Buffer): Promise<WakeAnswer | undefined> {
  const hub = findHub({ home, workspaceId });
  if (hub === undefined) return undefined;
  const sent = await sendToHub(hub, {
    method: 'POST',
    path,
    headers: {
      authorization: `Bearer ${hub.token}`,
      'content-type': 'application/json',
      [wakeHeader]: 'wait',
    },
    body: event,
  });
  if (sent.kind !== 'answered') return undefined;
  try {
    const text = Buffer.concat(await sent.response.toArray()).toString();
    // A workspace that is gone, say, won't come back by itself.
    if (sent.response.statusCode !== 200) return sent.response.statusCode === 401 ? undefined : {};
    return JSON.parse(text) as WakeAnswer;
  } catch {
    return undefined;
  }
}
