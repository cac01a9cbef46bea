import { existsSync } from 'node:fs';
import { type WakeAnswer, wakeHeader } from '../protocol/wake.ts';
import { attempt } from '../util/errors.ts';
import { findHub } from './findHub.ts';
import { postEvent } from './postEvent.ts';
import type { ScriptArgs } from './scriptArgs.ts';

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
  const answered = await postEvent(hub, path, event, { [wakeHeader]: 'wait' });
  if (answered === undefined) return undefined;
  // A workspace that is gone, say, won't come back by itself.
  if (answered.status !== 200) return answered.status === 401 ? undefined : {};
  return attempt(() => JSON.parse(answered.body.toString()) as WakeAnswer);
}
