import type { CommandId } from '../ids.ts';

/** A row of a tree. All text in it is safe to show. */
export interface Row {
  /** Unique in its tree and stable. */
  id: string;
  label: string;
  description?: string;
  tooltip?: string;
  /** The name of a codicon. The shape carries the meaning, the colour only supports it. */
  icon?: string;
  /** The id of a theme colour for the icon. */
  color?: string;
  /** `kind:flag:flag`, for the `when` clauses of menus. */
  contextValue: string;
  /** A whole sentence that begins with the need. */
  accessibilityLabel: string;
  /** What it needs from the user, or the state of an answer. */
  needs?: { kind: 'question' | 'permission' | 'review' | 'task' | 'answer'; words: string };
  /** The command of a click; it gets `target`. */
  click?: CommandId;
  target?: RowTarget;
  /** Present on groups. */
  children?: readonly Row[];
  /** Whether a group is collapsed at first. */
  collapsed?: boolean;
}

/** The subject of a row, by which commands find the task or request. */
export interface RowTarget {
  taskId?: string;
  requestId?: string;
  /** An agent that waits in its own window. */
  agentId?: string;
  /** A group of tasks. */
  group?: string;
  /** The workspace of an agent. */
  workspaceId?: string;
  /** The agent that a row of *Agents* is about. */
  ofAgent?: string;
}
