import type { Caller } from '../service/caller.ts';
import type { WaitSlice } from '../service/waitSlice.ts';

/** A call of a tool, as its handler sees it. */
export interface ToolCall {
  caller: Caller;
  /** How long it may wait for the person. */
  waitSlice: WaitSlice;
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
  /** Those of which it carries the verdict, and not the note. */
  verdictIds?: string[];
  /** The task that this result hands out. */
  claimedTaskId?: string;
  isError?: boolean;
  /** A text that a program reads to the letter: nothing is added to it. */
  exact?: boolean;
}
