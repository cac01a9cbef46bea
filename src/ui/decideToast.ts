import type { Board } from '../client/board.ts';
import type { BoardChange } from '../client/boardStore.ts';
import { isWaiting, type WaitingAgent } from '../client/needs.ts';
import type { Decision, Message, Permission, Request } from '../protocol/model.ts';
import { agentName, taskTitle, workspaceName } from './boardNames.ts';
import type { ToastLevel } from './ids.ts';
import type { L10n } from './l10n.ts';
import { wholeInput } from './permissionText.ts';
import { elsewhereSentence, requestSentence } from './requestLine.ts';
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
  /** Sends this verdict on a permission. */
  | { kind: 'decide'; decision: Decision }
  | { kind: 'reply' }
  | { kind: 'open' }
  /** Does nothing. */
  | { kind: 'seen' };

/** A toast to be shown once. */
export interface Toast {
  /** The same for the same need or message. */
  key: string;
  text: string;
  buttons: readonly { label: string; action: ToastAction }[];
  about: { kind: 'request'; request: Request } | { kind: 'message'; taskId: string } | { kind: 'agent'; agentId: string };
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
  const { event, before, after } = change;
  if (event.type === 'request.created' || event.type === 'request.updated') {
    const request = event.payload;
    // What had expired and is asked for again needs the person again.
    const isNew = event.type === 'request.created' || !before.requests.has(request.id);
    if (!isNew || request.status !== 'open' || !wanted(context.levels.questions, request.workspaceId, context)) return undefined;
    return requestToast(after, request, context, l10n);
  }
  if (event.type === 'agent.updated') {
    const agent = event.payload;
    if (!isWaiting(agent) || before.agents.get(agent.id)?.waitsElsewhere !== undefined) return undefined;
    return wanted(context.levels.questions, agent.workspaceId, context) ? agentToast(agent, l10n) : undefined;
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
  const { permission } = request;
  return {
    key: `request:${request.id}:${request.updatedAt}`,
    about: { kind: 'request', request },
    ...(permission === undefined ? questionWords(request, who, l10n) : permissionWords(request, permission, who, l10n)),
  };
}

type Words = Pick<Toast, 'text' | 'buttons'>;

function questionWords(request: Request, who: string, l10n: L10n): Words {
  const buttons = fitsOnButtons(request)
    ? request.choices.map((choice) => ({ label: choice, action: { kind: 'choose', choice } as const }))
    : [{ label: l10n.t('Answer…'), action: { kind: 'answer' } as const }];
  return {
    text: l10n.t('{0} asks: {1}', who, shorten(visibleLine(request.question.slice(0, 2_000)), textLength)),
    buttons: [...buttons, { label: l10n.t('Open'), action: { kind: 'open' } }],
  };
}

/** Only what is shown whole, as it is, can be decided on the toast. */
function permissionWords(request: Request, permission: Permission, who: string, l10n: L10n): Words {
  const whole = wholeInput(permission, textLength);
  if (whole === undefined) {
    return {
      text: requestSentence(request, who, textLength, l10n),
      buttons: [{ label: l10n.t('Review…'), action: { kind: 'answer' } }],
    };
  }
  return {
    text: l10n.t('{0} wants to use {1}', who, `${permission.tool}: ${whole}`),
    buttons: [
      // The first one is what “Accept Notification Primary Action” presses.
      { label: l10n.t('Deny'), action: { kind: 'decide', decision: 'deny' } },
      { label: l10n.t('Allow Once'), action: { kind: 'decide', decision: 'allow' } },
      { label: l10n.t('More…'), action: { kind: 'answer' } },
    ],
  };
}

function agentToast(agent: WaitingAgent, l10n: L10n): Toast {
  return {
    key: `elsewhere:${agent.id}:${agent.waitsElsewhere.at}`,
    text: elsewhereSentence(agent, textLength, l10n),
    // With a button it shows all of its text, and stays.
    buttons: [{ label: l10n.t('OK'), action: { kind: 'seen' } }],
    about: { kind: 'agent', agentId: agent.id },
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
