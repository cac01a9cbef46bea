import type { MissedTurn } from '../home/missedTurns.ts';
import type { ScriptArgs } from './scriptArgs.ts';

/** What begins and what ends a turn. */
const turns: Readonly<Record<string, MissedTurn['turn']>> = { UserPromptSubmit: 'begun', Stop: 'ended' };

/**
 * What a hub that starts later has to know of an event that none could be told. It concerns Codex, of which nothing but these events says
 * whether it does something: others that can be woken leave a hook waiting at the end of a turn.
 */
export function missedTurn({ workspaceId, agent }: ScriptArgs, event: Buffer, at: number): MissedTurn | undefined {
  if (agent !== 'codex') return undefined;
  const { session_id: sessionId, hook_event_name: name } = read(event);
  const turn = typeof name === 'string' ? turns[name] : undefined;
  return turn === undefined || typeof sessionId !== 'string' ? undefined : { workspaceId, sessionId, turn, at };
}

function read(event: Buffer): { session_id?: unknown; hook_event_name?: unknown } {
  try {
    return (JSON.parse(event.toString()) as object | null) ?? {};
  } catch {
    return {};
  }
}
