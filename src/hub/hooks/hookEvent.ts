import type { Answer, DialogQuestion, OwnDialog, PartAnswer, Permission, PlanMode } from '../../protocol/model.ts';
import type { DialogAsk } from '../service/dialogs.ts';
import type { ToolUseReport } from '../service/permissions.ts';

export type { Answer, DialogAsk, DialogQuestion, OwnDialog, PartAnswer, PlanMode, ToolUseReport };

/** What a hook of an agent reports, in one form for all agents. */
export type HookEvent = {
  /** What the agent calls the event; some answers have to name it. */
  name: string;
  /** The agent's own id for its session; empty if it gives none. */
  sessionId: string;
  /** It happens in one of its subagents. Absent: in the agent itself. */
  subagent?: Permission['subagent'];
} & (
  | {
      kind: 'permission';
      permission: Permission;
      externalId?: string | undefined;
      /**
       * The MCP server whose tool it is and the tool's own name there, if the agent says so, and that nobody has set to be asked for it.
       */
      unsetTool?: { server: string; tool: string };
    }
  /** It asks its user in a dialog of its own, and the hook may answer that. `input`: as it came. */
  | ({ kind: 'dialog'; input: unknown } & DialogAsk)
  /** It is about to use the tool, whether or not anybody has to allow it. */
  | ({ kind: 'toolStarts' } & ToolUseReport)
  | ({ kind: 'toolUsed' } & ToolUseReport)
  /** All of these are over, whatever became of them. */
  | { kind: 'toolsDone'; uses: ToolUseReport[] }
  /**
   * The agent was given something to do, in the agent itself. `byUser`: certainly by the user, and not by a program. `isWake`: the hub has
   * woken it.
   */
  | { kind: 'prompt'; byUser: boolean; isWake?: true }
  /** The agent is about to end its turn. `followUps`: how often in a row it was kept from that already, if it counts. */
  | { kind: 'stop'; followUps?: number | undefined }
  /** A subagent is about to end. */
  | { kind: 'subagentStop' }
  /** It waits for the user in its own window, and this is what it says there. */
  | { kind: 'waits'; text: string }
  | { kind: 'sessionEnd' }
  /** Nothing that concerns the hub: no more than a sign of life. */
  | { kind: 'other' }
);

export type HookEventOf<K extends HookEvent['kind']> = Extract<HookEvent, { kind: K }>;

/** What goes to the agent. Empty: it goes on as if there were no hook. */
export type HookAnswer = Record<string, unknown>;

/** The answers of the hub in the form that one agent reads. A member is missing where the agent has no form for it. */
export interface HookReplies {
  /** No agent takes words with it. */
  allow?: (event: HookEvent) => HookAnswer;
  deny?: (message: string, event: HookEvent) => HookAnswer;
  /** What the user said in answer to a dialog of its own. */
  answer?: (answer: Answer, event: HookEventOf<'dialog'>) => HookAnswer;
  /**
   * The tool that is about to start is refused. No agent is told to end its turn: its model would not hear why, nor its hooks that it has.
   */
  stop?: (text: string, event: HookEventOf<'toolStarts'>) => HookAnswer;
  /** Don't end the turn yet: this is what comes next. */
  goOn?: (text: string, event: HookEvent) => HookAnswer;
  /** For the model, along with what it reads anyway; not with every event. */
  context?: (text: string, event: HookEvent) => HookAnswer | undefined;
}

/** How one kind of agent speaks in its hooks. All functions are pure. */
export interface Dialect {
  /** The names by which these agents introduce themselves over MCP. */
  names: RegExp;
  /** The name of one that has not done so yet. */
  name: string;
  /** Its hooks are the user's, and run in every folder. */
  everywhere: boolean;
  /** The event in a body; `undefined` if it is none. */
  read(body: unknown): HookEvent | undefined;
  /** The input as the agent reports it after the use, if it leaves something out there. For telling what is over, never for a verdict. */
  reportedInput?: (permission: Permission) => string;
  write: HookReplies;
}
