import type { Board } from '../../client/board.ts';
import { isWaiting } from '../../client/needs.ts';
import type { Decision, Message, Permission, Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Severity } from '../shell/prompts.ts';
import { agentName, taskTitle, workspaceName } from '../text/displayNames.ts';
import { fitsOnButtons } from '../text/fitsOnButtons.ts';
import type { L10n } from '../text/l10n.ts';
import { wholeInput } from '../text/permissionText.ts';
import { wholeSentence } from '../text/permissionTitle.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { elsewhereSentence, requestSentence, withTimes } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';
import type { NotificationEvent } from './core/event.ts';

const textLength = 200;

/** The action of a toast's button. */
export type ToastAction =
  /** Sends this choice. */
  | { kind: 'choose'; choice: string }
  /** Asks for the answer in a prompt. */
  | { kind: 'answer' }
  /** Sends this decision on a permission, or that a task is done. */
  | { kind: 'decide'; decision: Decision | 'done' }
  | { kind: 'reply' }
  /** Reveals the agent's terminal. */
  | { kind: 'terminal' }
  | { kind: 'open' }
  /** Does nothing. */
  | { kind: 'seen' };

/** The text and buttons of a toast. */
export interface Toast {
  level: Severity;
  text: string;
  buttons: readonly { label: string; action: ToastAction }[];
}

/** What the text depends on. */
export interface ToastContext {
  board: Board;
  /** The workspaces of this window's folders; empty while unknown. */
  ownWorkspaces: readonly string[];
  /** Whether its agent runs in a terminal of this window. */
  hasTerminal?: boolean;
  l10n: L10n;
}

/** The toast of an event and of the earlier events merged into it. `undefined` if there is nothing left to show. */
export function toastOf(event: NotificationEvent, merged: readonly NotificationEvent[], context: ToastContext): Toast | undefined {
  const { source } = event;
  switch (source.kind) {
    case 'request':
      return requestToast(source.request, merged, context);
    case 'agent':
      return agentToast(source.agentId, context);
    case 'message':
      return messageToast(source.message, merged.length, context);
    case 'status': {
      const last = merged.findLast((each) => each.source.kind === 'message')?.source;
      return statusToast(event, source.message, last?.kind === 'message' ? last.message.text : '', context);
    }
    default:
      return assertNever(source);
  }
}

function requestToast(request: Request, merged: readonly NotificationEvent[], context: ToastContext): Toast {
  const who = speaker(request, context);
  const { permission } = request;
  if (request.kind === 'review') return reviewToast(request, who, context.l10n);
  if (request.kind === 'task') return taskToast(request, who, context.l10n);
  if (permission === undefined) return questionToast(request, who, context.l10n);
  // Events merged into a permission are requests for exactly the same use.
  const uses = [permission, ...merged.flatMap(({ source }) => (source.kind === 'request' ? (source.request.permission ?? []) : []))];
  const times = uses.reduce((sum, each) => sum + (each.uses ?? 1), 0);
  const { folder } = context.board.workspaces.get(request.workspaceId) ?? {};
  return permissionToast(
    { ...request, permission: { ...permission, uses: times } },
    { ...permission, uses: times },
    { who, folder },
    context.l10n,
  );
}

function questionToast(request: Request, who: string, l10n: L10n): Toast {
  const buttons = fitsOnButtons(request, textLength)
    ? request.choices.map((choice) => ({ label: choice, action: { kind: 'choose', choice } as const }))
    : [{ label: l10n.t('Answer…'), action: { kind: 'answer' } as const }];
  return {
    level: 'info',
    text: l10n.t('{0} asks: {1}', who, excerptOf(request.question)),
    buttons: [...buttons, { label: l10n.t('Open'), action: { kind: 'open' } }],
  };
}

/** A review is not decided on a toast, which shows one line. */
function reviewToast(request: Request, who: string, l10n: L10n): Toast {
  return {
    level: 'info',
    text: requestSentence(request, who, textLength, l10n),
    buttons: [
      { label: l10n.t('Review…'), action: { kind: 'answer' } },
      { label: l10n.t('Open'), action: { kind: 'open' } },
    ],
  };
}

/** A task of the user can be marked as done on the toast; “Open” shows its description. */
function taskToast(request: Request, who: string, l10n: L10n): Toast {
  return {
    level: 'info',
    text: requestSentence(request, who, textLength, l10n),
    buttons: [
      { label: l10n.t('Done'), action: { kind: 'decide', decision: 'done' } },
      { label: l10n.t('Reply…'), action: { kind: 'reply' } },
      { label: l10n.t('Open'), action: { kind: 'open' } },
    ],
  };
}

/** A permission can be decided on the toast only if it shows the whole input. */
function permissionToast(
  request: Request,
  permission: Permission,
  { who, folder }: { who: string; folder: string | undefined },
  l10n: L10n,
): Toast {
  const whole = wholeInput(permission, textLength, folder);
  if (whole === undefined) {
    return {
      level: 'warning',
      text: requestSentence(request, who, textLength, l10n),
      buttons: [{ label: l10n.t('Review…'), action: { kind: 'answer' } }],
    };
  }
  return {
    level: 'warning',
    text: withTimes(wholeSentence(permission, whole, who, l10n), permission.uses, l10n),
    buttons: [
      // “Accept Notification Primary Action” presses the first button.
      { label: l10n.t('Deny'), action: { kind: 'decide', decision: 'deny' } },
      { label: l10n.t('Allow Once'), action: { kind: 'decide', decision: 'allow' } },
      { label: l10n.t('More…'), action: { kind: 'answer' } },
    ],
  };
}

function agentToast(agentId: string, { board, hasTerminal = false, l10n }: ToastContext): Toast | undefined {
  const agent = board.agents.get(agentId);
  if (agent === undefined || !isWaiting(agent)) return undefined;
  return {
    level: 'info',
    text: elsewhereSentence(agent, textLength, l10n),
    // A toast with a button shows all of its text and stays.
    buttons: [
      ...(hasTerminal ? [{ label: l10n.t('Show Terminal'), action: { kind: 'terminal' } as const }] : []),
      { label: l10n.t('OK'), action: { kind: 'seen' } },
    ],
  };
}

function messageToast(message: Message, earlier: number, context: ToastContext): Toast {
  const { board, l10n } = context;
  const task = taskTitle(board.tasks.get(message.taskId), l10n);
  const said = l10n.t('{0} in “{1}”: {2}', speaker(message, context), task, excerptOf(message.text));
  return { level: 'info', text: earlier === 0 ? said : l10n.t('{0} (and {1} before that)', said, earlier), buttons: taskButtons(l10n) };
}

function statusToast(event: NotificationEvent, message: Message, last: string, context: ToastContext): Toast {
  const { board, l10n } = context;
  const task = board.tasks.get(message.taskId);
  const about = [speaker(message, context), taskTitle(task, l10n)] as const;
  const says = event.kind === 'finished' ? finished(about, l10n) : stopped(about, task?.status === 'rejected', l10n);
  const words = excerptOf(last);
  return {
    level: event.kind === 'finished' ? 'info' : 'error',
    text: words === '' ? says : l10n.t('{0}: {1}', says, words),
    buttons: taskButtons(l10n),
  };
}

type About = readonly [who: string, task: string];

/** The check mark tells it from a question, which has the same icon. */
function finished(about: About, l10n: L10n): string {
  return l10n.t('✓ {0} finished “{1}”', ...about);
}

function stopped(about: About, gaveUp: boolean, l10n: L10n): string {
  return gaveUp ? l10n.t('{0} gave up “{1}”', ...about) : l10n.t('{0} is blocked in “{1}”', ...about);
}

function excerptOf(text: string): string {
  return truncate(plainLine(text.slice(0, 2_000)), textLength);
}

function taskButtons(l10n: L10n): Toast['buttons'] {
  return [
    { label: l10n.t('Reply…'), action: { kind: 'reply' } },
    { label: l10n.t('Open'), action: { kind: 'open' } },
  ];
}

function speaker(said: Request | Message, { board, ownWorkspaces, l10n }: ToastContext): string {
  const name = agentName(said.agentId === undefined ? undefined : board.agents.get(said.agentId), l10n);
  const own = ownWorkspaces.length === 0 || ownWorkspaces.includes(said.workspaceId);
  return own ? name : `${name} (${workspaceName(board, said.workspaceId)})`;
}
