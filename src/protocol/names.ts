// Names that several sides have to write alike.

/** The name by which the editor tries an agent's connection. To the hub it is nobody: it comes into no list of agents. */
export const doctorName = 'agentrq-doctor';

/** The name of the practice agent, by which everybody can tell it from one that the user has connected. */
export const practiceName = 'practice-agent';

/** What the hub is called in an agent's config. AgentRQ's gateways look for exactly this; Gemini wants no underscore in it. */
export function serverName(workspace: string): string {
  return `agentrq-${workspace}`;
}

/** The folder in the hub's home with a file for each workspace in which a stop stands: hooks start their script before a tool only then. */
export const stopsFolder = 'stops';

/**
 * The folder in the hub's home with a file for each workspace in which no agent asks anything in a window of its own: hooks that only tell
 * that such a thing was settled start their script only without it.
 */
export const quietFolder = 'quiet';

/** Says of a hook's event that its agent goes on without waiting, and when it happened: milliseconds since 1970. */
export const happenedHeader = 'agentrq-happened';

/** The code of errors which say that what answers has not proven to be the hub. It has been sent nothing. */
export const unprovenHub = 'unproven_hub';
