// What wakes an agent that does nothing.

/** The header of a hook that waits for the user's next word: its agent has ended its turn. */
export const wakeHeader = 'agentrq-wake';

/** The event of a hook that waits for a session that its program goes on with, while that may still take long to begin a turn. */
export const gettingReady = 'SessionGettingReady';

/**
 * The member of a call's `_meta` in which the bridge names the process that has started it, for an agent whose calls don't say whose they
 * are.
 */
export const processMeta = 'agentrq/process';

/** The header in which the bridge names that process with everything that it sends. */
export const processHeader = 'agentrq-process';

/** What the hub answers to a hook that waits. */
export interface WakeAnswer {
  /** What the agent is to be told. Absent: the wait is over, and nobody is to be told anything. */
  wake?: string;
  /** The hub stops: ask again. */
  again?: true;
}

const sentence = 'The user wrote in AgentRQ: call waitForReply';

/**
 * What an agent is told, and no word more: what the user said travels by tools alone.
 * @param about what there is news of, if it is one thing
 */
export function wakeSentence(about: { taskId: string } | { requestId: string } | undefined): string {
  if (about === undefined) return `${sentence}.`;
  return 'taskId' in about ? `${sentence} with taskId ${about.taskId}.` : `${sentence} with requestId ${about.requestId}.`;
}

/** Whether a prompt is that sentence, also within what an agent puts around it. */
export function isWakeSentence(prompt: string): boolean {
  return prompt.includes(sentence);
}

/** Whether a text is that sentence and nothing else. */
export function isWholeWakeSentence(text: string): boolean {
  return text.startsWith(sentence) && /^(?: with (?:task|request)Id [0-9A-Za-z]{11})?\.$/.test(text.slice(sentence.length));
}

/** The file of the hub's home folder that says, by workspace, which programs of agents may be started to wake them. */
export const wakeFileName = 'wake.json';
