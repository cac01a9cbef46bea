import type { Board } from '../client/board.ts';
import type { BoardChange } from '../client/boardStore.ts';
import type { Message, Request } from '../protocol/model.ts';
import { agentName, taskTitle, workspaceName } from './boardNames.ts';
import type { ToastLevel } from './ids.ts';
import type { L10n } from './l10n.ts';
import { shorten } from './shorten.ts';
import { visibleLine } from './visibleText.ts';

const textLength = 200;
const maxChoiceButtons = 3;
const maxChoiceLength = 40;

/** What a button of a toast does. */
export type ToastAction =
  /** Sends exactly this choice. */
  | { kind: 'choose'; choice: string }
  /** Asks for the answer over the file that is open. */
  | { kind: 'answer' }
  | { kind: 'reply' }
  | { kind: 'open' };

/** A toast to be shown once. */
export interface Toast {
  /** The same for the same question or message. */
  key: string;
  text: string;
  buttons: readonly { label: string; action: ToastAction }[];
  about: { kind: 'request'; request: Request } | { kind: 'message'; taskId: string };
}

/** What else the decision hangs on. */
export interface ToastContext {
  levels: { readonly questions: ToastLevel; readonly messages: ToastLevel };
  /** The hub's workspaces of this window's folders; empty as long as they aren't known. */
  ownWorkspaces: readonly string[];
  /** The person looks at this window. */
  windowFocused: boolean;
  /** The page of this task is in front of the person. */
  isReading(taskId: string): boolean;
}

/** Decides whether the change is worth interrupting for, and with which words. Only what happens now, and what an agent did. */
export function decideToast(change: BoardChange, context: ToastContext, l10n: L10n): Toast | undefined {
  if (!change.live) return undefined;
  const { event, after } = change;
  if (event.type === 'request.created') {
    if (event.payload.status !== 'open' || !wanted(context.levels.questions, event.payload.workspaceId, context)) return undefined;
    return requestToast(after, event.payload, context, l10n);
  }
  if (event.type === 'message.created') {
    const message = event.payload;
    // That a task has moved is seen in the tree.
    if (message.sender !== 'agent' || message.kind !== 'text' || !wanted(context.levels.messages, message.workspaceId, context))
      return undefined;
    if (context.windowFocused && context.isReading(message.taskId)) return undefined;
    return messageToast(after, message, context, l10n);
  }
  return undefined;
}

/** What belongs to no folder of this window is shown by the window that the person looks at, so that not every window does. */
function wanted(level: ToastLevel, workspaceId: string, context: ToastContext): boolean {
  if (level === 'off') return false;
  if (context.ownWorkspaces.length === 0 || context.ownWorkspaces.includes(workspaceId)) return true;
  return level === 'all' && context.windowFocused;
}

function requestToast(board: Board, request: Request, context: ToastContext, l10n: L10n): Toast {
  const who = speaker(board, request, context, l10n);
  const buttons = fitsOnButtons(request)
    ? request.choices.map((choice) => ({ label: choice, action: { kind: 'choose', choice } as const }))
    : [{ label: l10n.t('Answer…'), action: { kind: 'answer' } as const }];
  return {
    key: `request:${request.id}`,
    text: l10n.t('{0} asks: {1}', who, shorten(visibleLine(request.question.slice(0, 2_000)), textLength)),
    buttons: [...buttons, { label: l10n.t('Open'), action: { kind: 'open' } }],
    about: { kind: 'request', request },
  };
}

function messageToast(board: Board, message: Message, context: ToastContext, l10n: L10n): Toast {
  const who = speaker(board, message, context, l10n);
  const task = taskTitle(board.tasks.get(message.taskId), l10n);
  return {
    key: `message:${message.id}`,
    text: l10n.t('{0} in “{1}”: {2}', who, task, shorten(visibleLine(message.text.slice(0, 2_000)), textLength)),
    buttons: [
      { label: l10n.t('Reply…'), action: { kind: 'reply' } },
      { label: l10n.t('Open'), action: { kind: 'open' } },
    ],
    about: { kind: 'message', taskId: message.taskId },
  };
}

function speaker(board: Board, said: Request | Message, context: ToastContext, l10n: L10n): string {
  const name = agentName(said.agentId === undefined ? undefined : board.agents.get(said.agentId), l10n);
  const own = context.ownWorkspaces.length === 0 || context.ownWorkspaces.includes(said.workspaceId);
  return own ? name : `${name} (${workspaceName(board, said.workspaceId)})`;
}

/** A button must show the whole choice, as it is, and be the only one that looks like it. */
function fitsOnButtons(request: Request): boolean {
  const { choices } = request;
  if (request.multiple || choices.length === 0 || choices.length > maxChoiceButtons) return false;
  if (new Set(choices).size < choices.length) return false;
  return choices.every((choice) => choice.length <= maxChoiceLength && choice !== '' && visibleLine(choice) === choice);
}
