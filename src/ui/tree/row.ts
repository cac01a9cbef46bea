import type { CommandId } from '../ids.ts';

/** One row of a tree, ready to be drawn. Every text in it is safe to show. */
export interface Row {
  /** Unique in its tree, and the same for the same thing. */
  id: string;
  label: string;
  description?: string;
  tooltip?: string;
  /** The name of a codicon: the shape tells what it is, the colour only helps. */
  icon?: string;
  /** The id of a theme colour for the icon. */
  color?: string;
  /** `kind:flag:flag`, for the `when` clauses of menus. */
  contextValue: string;
  /** A whole sentence that begins with the need. */
  accessibilityLabel: string;
  /** What it needs from the person, or how far an answer is. */
  needs?: { kind: 'question' | 'permission' | 'review' | 'task' | 'answer'; words: string };
  /** What a click does; it gets `target`. */
  click?: CommandId;
  target?: RowTarget;
  /** Present on groups. */
  children?: readonly Row[];
  /** A group that begins folded. */
  folded?: boolean;
}

/** What the row stands for: commands find the task or the request by it. */
export interface RowTarget {
  taskId?: string;
  requestId?: string;
  /** An agent that waits in its own window. */
  agentId?: string;
  /** A group of tasks. */
  group?: string;
  /** The workspace of an agent. */
  workspaceId?: string;
}
