import type { BoardChange } from '../../client/boardStore.ts';
import { needState, requestsByNeed } from '../../client/needs.ts';
import { assertNever, describeError } from '../../util/errors.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { agentName } from '../text/displayNames.ts';
import type { Notifications, NotificationsDeps } from './api.ts';
import { createCommandRunner } from './commandRunner.ts';
import { arrivalOf, isUnresolved, waitingOn } from './core/arrival.ts';
import type { NotificationEvent } from './core/event.ts';
import { isCounted } from './core/hold.ts';
import { receive } from './core/receive.ts';
import { initialState, type NotificationAction, type NotificationInput } from './core/state.ts';
import { step } from './core/step.ts';
import { summarize } from './core/summary.ts';
import { digestText } from './digestText.ts';
import { pressed } from './pressed.ts';
import { snoozeFlow } from './snoozeFlow.ts';
import { createSoundPlayer } from './soundPlayer.ts';
import { toastOf } from './toastOf.ts';

/** The storage key of when the user was last active in any window. */
const seenKey = 'agentrq.seenAt';
const minute = 60_000;

/** Passes inputs to `step` and performs its actions. */
export function createNotifications(deps: NotificationsDeps): Notifications {
  const { board, clock, prompts, activity, doNotDisturb, memory, settings, l10n } = deps;
  const store = new DisposableStore();
  const run = createCommandRunner(deps);
  const play = createSoundPlayer(deps);
  const inputs: NotificationInput[] = [];
  let state = initialState(settings.value.notifications);
  let sending = false;
  let wake: Disposable | undefined;
  let isBegun = false;

  function send(input: NotificationInput): void {
    inputs.push(input);
    if (sending || store.disposed) return;
    sending = true;
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) take(next);
    } finally {
      sending = false;
    }
  }

  /** A failure is logged, and the next input is processed all the same. */
  function take(input: NotificationInput): void {
    attempt(`the input ${input.kind}`, () => {
      // The page in front is read when something is decided.
      const id = deps.pages.inFront();
      if (id !== state.reading) state = receive(state, { kind: 'reading', id }, clock.now());
      const ids = standing();
      if (ids.size > 0 || state.standing.size > 0) state = receive(state, { kind: 'standing', ids }, clock.now());
      const progress = step(state, input, clock.now());
      state = progress.state;
      wake?.dispose();
      for (const action of progress.actions) attempt(`the action ${action.kind}`, () => perform(action));
    });
  }

  /** The permissions that wait to be announced, and for which an agent stands still. */
  function standing(): ReadonlySet<string> {
    const events = [...state.items.values()].map(({ event }) => event);
    const isStanding = ({ kind, source }: NotificationEvent): boolean =>
      kind === 'permission' && source.kind === 'request' && needState(board.board, source.request) === 'standsStill';
    return new Set(events.filter(isStanding).map(({ id }) => id));
  }

  function attempt(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      deps.log.error(`${what} of the notifications failed: ${describeError(error)}`);
    }
  }

  function perform(action: NotificationAction): void {
    switch (action.kind) {
      case 'claim':
        void claim(action.id);
        return;
      case 'toast':
      case 'digest':
        void (action.kind === 'toast' ? toast(action) : digest(action))
          .catch(deps.report)
          .finally(() => send({ kind: 'closed', at: action.at }));
        return;
      case 'run':
        void run(action.events, textOf(action.events)).finally(() => send({ kind: 'ran' }));
        return;
      case 'wake':
        wake = clock.after(Math.max(0, action.at - clock.now()), () => {
          // Another window may have changed it.
          doNotDisturb.refresh();
          send({ kind: 'tick' });
        });
        return;
      default:
        assertNever(action);
    }
  }

  async function claim(id: string): Promise<void> {
    try {
      const { granted } = await deps.api.call('claimAnnouncement', { id, windowId: deps.windowId });
      if (!granted) deps.log.info(`${id} is announced by another window`);
      send({ kind: 'claimed', id, verdict: granted ? 'granted' : 'refused' });
    } catch (error) {
      deps.log.warn(`${id} could not be claimed: ${describeError(error)}`);
      send({ kind: 'claimed', id, verdict: 'failed' });
    }
  }

  async function toast({ event, merged, sound }: Extract<NotificationAction, { kind: 'toast' }>): Promise<void> {
    const { source } = event;
    // A toast is shown even if the search for the terminal fails.
    const hasTerminal = source.kind === 'agent' && (await deps.answers.terminal(source.agentId).catch(() => false));
    const shown = toastOf(event, merged, { ...context(), hasTerminal });
    if (shown === undefined) return;
    if (sound) void play();
    const labels = shown.buttons.map(({ label }) => label);
    const index = await prompts.toast(shown.level, shown.text, labels);
    const button = index === undefined ? undefined : shown.buttons[index];
    if (button !== undefined) await pressed(button.action, event, deps);
  }

  async function digest({ events, since, sound }: Extract<NotificationAction, { kind: 'digest' }>): Promise<void> {
    const text = digestOf(events, since);
    if (text === undefined) return;
    if (sound) void play();
    const open = requestsByNeed(board.board).length;
    const index = await prompts.toast('info', text, [open === 0 ? l10n.t('Show') : l10n.t('Answer {0}', open), l10n.t('Snooze…')]);
    if (index === 0) await (open === 0 ? deps.showNeeds() : deps.answers.next());
    if (index === 1) await snooze();
  }

  function digestOf(events: readonly NotificationEvent[], since: number | undefined): string | undefined {
    // What was settled meanwhile is not counted.
    const open = events.filter((event) => isUnresolved(event, board.board));
    const summary = summarize(board.board, open, since, (subject) => isCounted(state, subject));
    const nameOf = (id: string): string => agentName(board.board.agents.get(id), l10n);
    return digestText(summary, { away: since !== undefined, now: clock.now(), nameOf }, l10n);
  }

  function textOf(events: readonly NotificationEvent[]): string {
    const [only] = events;
    const text = only !== undefined && events.length === 1 ? toastOf(only, [], context())?.text : undefined;
    return text ?? digestOf(events, undefined) ?? '';
  }

  const context = () => ({ board: board.board, ownWorkspaces: deps.workspaceIds(), l10n });
  const snooze = (): Promise<void> => snoozeFlow({ prompts, doNotDisturb, clock, l10n });

  function resolve(change?: BoardChange): void {
    const waiting = [...state.items.values()].flatMap((item) => [item, ...item.merged].map(({ event }) => event));
    const known = [...waiting, ...state.toasts.flatMap(({ events }) => [...events.values()]), ...state.command.next];
    const ids = known.filter((event) => !isUnresolved(event, board.board, change)).map(({ id }) => id);
    if (ids.length > 0) send({ kind: 'resolved', ids });
  }

  /** What waits when the window starts following was there before; what waits after a gap arrived in the gap. */
  function begin(): void {
    if (board.board.cursor === undefined) return;
    resolve();
    const waiting = waitingOn(board.board);
    if (!isBegun) send({ kind: 'known', ids: waiting.map(({ id }) => id) });
    else for (const event of waiting) send({ kind: 'arrived', event, late: true });
    isBegun = true;
  }

  function sendFocus(on: boolean): void {
    const now = clock.now();
    const seen = memory.get(seenKey);
    doNotDisturb.refresh();
    send({ kind: 'focus', on, since: typeof seen === 'number' ? seen : now });
    if (on) see();
  }

  function see(): void {
    if (activity.focused) void memory.update(seenKey, clock.now());
  }

  const sendSettings = (): void => {
    const { notifications, programs } = settings.value;
    send({ kind: 'settings', policy: notifications, command: programs.command.length > 0 });
  };
  const sendFolders = (): void => send({ kind: 'folders', own: deps.workspaceIds() });
  const sendLink = (): void => send({ kind: 'link', live: board.link.kind === 'live' });
  const sendQuiet = (): void => send({ kind: 'quiet', until: doNotDisturb.until });

  store.add({ dispose: () => wake?.dispose() });
  store.add(
    board.onDidChange((change) => {
      resolve(change);
      const event = arrivalOf(change);
      if (event !== undefined) send({ kind: 'arrived', event, late: !change.live });
    }),
  );
  store.add(board.onDidReplace(begin));
  store.add(board.onDidChangeLink(sendLink));
  store.add(settings.onDidChange(sendSettings));
  store.add(deps.onDidChangeWorkspaces(sendFolders));
  store.add(doNotDisturb.onDidChange(sendQuiet));
  store.add(
    activity.onDidAct((act) => {
      if (act.kind !== 'focus') return send(act);
      // The user was last active when the window lost the focus.
      if (!act.on) void memory.update(seenKey, clock.now());
      sendFocus(act.on);
    }),
  );
  store.add(clock.every(minute, see));
  sendSettings();
  sendFolders();
  sendQuiet();
  send({ kind: 'debugging', on: activity.debugging });
  sendFocus(activity.focused);
  begin();
  sendLink();
  return { snooze, dispose: () => store.dispose() };
}
