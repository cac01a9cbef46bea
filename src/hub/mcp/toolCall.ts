import type { Agent } from '../../protocol/model.ts';

/** A call of a tool, as its handler sees it. */
export interface ToolCall {
  agent: Agent;
  /** Aborts when the agent cancels the call, or when its connection is gone. */
  signal: AbortSignal;
  /** Tells the agent that the call is still alive, if it wants to know. */
  progress: (message: string) => void;
}

/** What a handler has to say. */
export interface ToolOutcome {
  text: string;
  /** The same for programs. */
  structured?: Record<string, unknown>;
  /** The requests whose answers this result carries. */
  requestIds?: string[];
}
