import type { Caller } from '../../service/caller.ts';
import type { WaitSlice } from '../../service/waitSlice.ts';
import type { CallTask } from '../tasks/callTask.ts';

/** A call of a tool, as its handler sees it. */
export interface ToolCall {
  caller: Caller;
  /** How long it may wait for the user. */
  waitSlice: WaitSlice;
  /** A call that would wait may go on as a task. */
  mayBeTask: boolean;
  /** Aborts when the agent cancels the call, or when its connection is gone. */
  signal: AbortSignal;
  /** Tells the agent that the call is still alive, if it wants to know. */
  progress: (message: string) => void;
  /** Tells the agent, with the result, what of its arguments was left out: a sentence. */
  leaveOut: (why: string) => void;
}

/** What a handler has to say: the result, or that the call goes on as a task. */
export type ToolOutcome = ToolResult | { task: CallTask };

export interface ToolResult {
  text: string;
  /** The same for programs. */
  structured?: Record<string, unknown>;
  /** The requests whose answers this result carries. */
  requestIds?: string[];
  /** Those of which it carries the verdict, and not the note. */
  verdictIds?: string[];
  /** The task that this result hands out. */
  leasedTaskId?: string;
  isError?: boolean;
  /** A text that a program reads to the letter: nothing is added to it. */
  exact?: boolean;
}
