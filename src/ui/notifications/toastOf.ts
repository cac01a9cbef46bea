import type { Board } from '../../client/board.ts';
import { isWaiting } from '../../client/needs.ts';
import type { Decision, Message, Permission, Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Severity } from '../shell/prompts.ts';
import { agentName, taskTitle, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { wholeInput } from '../text/permissionText.ts';
import { elsewhereSentence, requestSentence, withTimes } from '../text/requestTitle.ts';
import { shorten } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { AttentionEvent } from './core/event.ts';

const textLength = 200;
const maxChoiceButtons = 3;
const maxChoiceLength = 40;

/** What a button of a toast does. */
export type ToastAction =
  /** Sends exactly this choice. */
  | { kind: 'choose'; choice: string }
  /** Asks for the answer over the file that is open. */
  | { kind: 'answer' }
  /** Sends this verdict on a permission, or that a task is done. */
  | { kind: 'decide'; decision: Decision | 'done' }
  | { kind: 'reply' }
  /** Brings the terminal of the agent to the front. */
  | { kind: 'terminal' }
  | { kind: 'open' }
  /** Does nothing. */
  | { kind: 'seen' };

/** What a toast says and offers. Each kind has words and an icon of its own. */
export interface Toast {
  level: Severity;
  text: string;
  buttons: readonly { label: string; action: ToastAction }[];
}

/** The board and what else the words hang on. */
export interface ToastContext {
  board: Board;
  /** The hub's workspaces of this window's folders; empty as long as they aren't known. */
  ownWorkspaces: readonly string[];
  /** The agent that it is about runs in a terminal of this window. */
  hasTerminal?: boolean;
  l10n: L10n;
}

/** The toast of an event; `folded` are earlier ones that are told along with it. `undefined` if there is nothing left to tell. */
export function toastOf(event: AttentionEvent, folded: readonly AttentionEvent[], context: ToastContext): Toast | undefined {
  const { source } = event;
  switch (source.kind) {
    case 'request':
      return requestToast(source.request, folded, context);
    case 'agent':
      return agentToast(source.agentId, context);
    case 'message':
      return messageToast(source.message, folded.length, context);
    case 'status': {
      const last = folded.findLast((each) => each.source.kind === 'message')?.source;
      return statusToast(event, source.message, last?.kind === 'message' ? last.message.text : '', context);
    }
    default:
      return assertNever(source);
  }
}

function requestToast(request: Request, folded: readonly AttentionEvent[], context: ToastContext): Toast {
  const who = speaker(request, context);
  const { permission } = request;
  if (request.kind === 'review') return reviewToast(request, who, context.l10n);
  if (request.kind === 'task') return taskToast(request, who, context.l10n);
  if (permission === undefined) return questionToast(request, who, context.l10n);
  // What is folded into a permission are others for exactly the same.
  const uses = [permission, ...folded.flatMap(({ source }) => (source.kind === 'request' ? (source.request.permission ?? []) : []))];
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
  const buttons = fitsOnButtons(request)
    ? request.choices.map((choice) => ({ label: choice, action: { kind: 'choose', choice } as const }))
    : [{ label: l10n.t('Answer…'), action: { kind: 'answer' } as const }];
  return {
    level: 'info',
    text: l10n.t('{0} asks: {1}', who, shorten(visibleLine(request.question.slice(0, 2_000)), textLength)),
    buttons: [...buttons, { label: l10n.t('Open'), action: { kind: 'open' } }],
  };
}

/** What an agent has done isn't decided by a line about it. */
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

/** What it takes is known to whoever has done it: the words of the task are behind “Open”. */
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

/** Only what is shown whole, as it is, can be decided on the toast. */
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
    text: withTimes(l10n.t('{0} wants to use {1}', who, `${permission.tool}: ${whole}`), permission.uses, l10n),
    buttons: [
      // The first one is what “Accept Notification Primary Action” presses.
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
    // With a button it shows all of its text, and stays.
    buttons: [
      ...(hasTerminal ? [{ label: l10n.t('Show Terminal'), action: { kind: 'terminal' } as const }] : []),
      { label: l10n.t('OK'), action: { kind: 'seen' } },
    ],
  };
}

function messageToast(message: Message, earlier: number, context: ToastContext): Toast {
  const { board, l10n } = context;
  const task = taskTitle(board.tasks.get(message.taskId), l10n);
  const said = l10n.t('{0} in “{1}”: {2}', speaker(message, context), task, wordsOf(message.text));
  return { level: 'info', text: earlier === 0 ? said : l10n.t('{0} (and {1} before that)', said, earlier), buttons: taskButtons(l10n) };
}

function statusToast(event: AttentionEvent, message: Message, last: string, context: ToastContext): Toast {
  const { board, l10n } = context;
  const task = board.tasks.get(message.taskId);
  const about = [speaker(message, context), taskTitle(task, l10n)] as const;
  const says = event.kind === 'finished' ? finished(about, l10n) : stopped(about, task?.status === 'rejected', l10n);
  const words = wordsOf(last);
  return {
    level: event.kind === 'finished' ? 'info' : 'error',
    text: words === '' ? says : l10n.t('{0}: {1}', says, words),
    buttons: taskButtons(l10n),
  };
}

type About = readonly [who: string, task: string];

/** The mark is its icon: the editor has the same one for it and for a question. */
function finished(about: About, l10n: L10n): string {
  return l10n.t('✓ {0} finished “{1}”', ...about);
}

function stopped(about: About, gaveUp: boolean, l10n: L10n): string {
  return gaveUp ? l10n.t('{0} gave up “{1}”', ...about) : l10n.t('{0} is blocked in “{1}”', ...about);
}

function wordsOf(text: string): string {
  return shorten(visibleLine(text.slice(0, 2_000)), textLength);
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

/** A button must show the whole choice, as it is, and be the only one that looks like it. */
function fitsOnButtons(request: Request): boolean {
  const { choices } = request;
  if (request.multiple || choices.length === 0 || choices.length > maxChoiceButtons) return false;
  if (new Set(choices).size < choices.length) return false;
  return choices.every((choice) => choice.length <= maxChoiceLength && choice !== '' && visibleLine(choice) === choice);
}
