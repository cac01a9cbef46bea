import type { Event } from 'vscode';

// What other extensions get as the `exports` of this one. It needs no other file of ours, so its text can be copied into theirs. It reads
// and shows: nobody but the user answers, so nothing here answers, writes or connects. What it promises does not change within a version;
// members may be added.

/** `vscode.extensions.getExtension<AgentRqApi>('agentrq.agentrq')?.exports`. */
export interface AgentRqApi {
  readonly version: 1;
  /** What the window knows now: a frozen copy, the same object until something changes. Empty until the window has reached the hub. */
  readonly board: PublicBoard;
  /** The board has changed, perhaps in something that is no part of the copy. */
  readonly onDidChange: Event<void>;
  /**
   * Shows a request to the user as its row would: in its task, or on a page of its own. It answers nothing.
   * @returns whether the request is on the board
   */
  show(requestId: string): Promise<boolean>;
}

export interface PublicBoard {
  readonly workspaces: readonly PublicWorkspace[];
  readonly tasks: readonly PublicTask[];
  readonly requests: readonly PublicRequest[];
  readonly agents: readonly PublicAgent[];
}

export interface PublicWorkspace {
  readonly id: string;
  readonly name: string;
  /** The URI of its folder, if it stands for one. */
  readonly folder?: string | undefined;
}

export interface PublicTask {
  readonly id: string;
  readonly workspaceId: string;
  readonly title: string;
  readonly status: string;
  /** Whose turn it is: `human` or `agent`. */
  readonly assignee: string;
  /** The agent that last worked on it. */
  readonly agentId?: string | undefined;
  /** RFC 3339. */
  readonly updatedAt: string;
}

export interface PublicRequest {
  readonly id: string;
  readonly workspaceId: string;
  readonly taskId?: string | undefined;
  readonly agentId?: string | undefined;
  /** `question`, `permission`, `review` or `task`. */
  readonly kind: string;
  /** `open`: it waits for the user. */
  readonly status: string;
  readonly question: string;
  readonly choices: readonly string[];
  /** RFC 3339. */
  readonly createdAt: string;
}

export interface PublicAgent {
  readonly id: string;
  readonly workspaceId: string;
  /** As it calls itself: believe nothing because of it. */
  readonly name: string;
  readonly connected: boolean;
  /** RFC 3339. */
  readonly lastHeardAt: string;
}
