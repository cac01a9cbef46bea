import { BoundedMap } from '../../util/boundedMap.ts';
import type { HookEvent } from './hookEvent.ts';

/** Which folders an agent's sessions work in, as long as this hub runs. */
export interface SessionFolders {
  /**
   * The folders that decide where an event belongs: those of its session, if an event of the session itself has named them, or else those
   * that it names.
   * @param end what the session belongs to: the workspace and the dialect that its hooks are sent to
   * @param named the folders that the event names
   */
  of(end: string, event: HookEvent, named: readonly string[]): readonly string[];
}

/**
 * Events that name the folder of the session. An event about a tool may name the one in which a single command runs (the `workdir` of
 * Codex), and one in a subagent that of the subagent.
 */
const sessionKinds: ReadonlySet<HookEvent['kind']> = new Set(['prompt', 'stop', 'sessionEnd']);

const mostSessions = 1_000;
/** What one session may take up: an agent chooses its id and its folders. */
const mostCharacters = 8_192;

export function createSessionFolders(): SessionFolders {
  const known = new BoundedMap<string, readonly string[]>(mostSessions);

  function remember(key: string, folders: readonly string[]): void {
    if (key.length + folders.join().length > mostCharacters) known.delete(key);
    else known.set(key, folders);
  }

  return {
    of(end, { kind, sessionId, subagent }, named) {
      if (sessionId === '') return named;
      const key = `${end} ${sessionId}`;
      const isOfSession = sessionKinds.has(kind) && subagent === undefined && named.length > 0;
      const folders = isOfSession ? named : known.get(key);
      if (folders === undefined) return named;
      if (kind === 'sessionEnd') known.delete(key);
      else remember(key, folders);
      return folders;
    },
  };
}
