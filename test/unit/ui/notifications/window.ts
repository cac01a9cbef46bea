import type { DoNotDisturb, UserActivity } from '../../../../src/ui/notifications/api.ts';
import type { NotificationPolicy } from '../../../../src/ui/notifications/core/policy.ts';
import { createDoNotDisturb } from '../../../../src/ui/notifications/doNotDisturb.ts';
import { createNotifications } from '../../../../src/ui/notifications/notifications.ts';
import { createReplyFlow } from '../../../../src/ui/send/replyFlow.ts';
import type { Settings } from '../../../../src/ui/settings.ts';
import { createDrafts } from '../../../../src/ui/shell/drafts.ts';
import { Emitter } from '../../../../src/util/emitter.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, change, english, message, now, permission, request, task, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

/** What a test may say about the window. */
export interface Given {
  api?: FakeHubApi;
  /** What was on the board before. */
  before?: Parameters<typeof board>[0];
  policy?: Partial<NotificationPolicy>;
  command?: string[];
  focused?: boolean;
  /** When the activity was last seen, in ms since 1970. */
  seenAt?: number;
  granted?: boolean;
  runs?: (argv: readonly string[]) => Promise<void>;
  /** Which page is in front. */
  inFront?: string;
  soundCommand?: string[];
  platform?: string;
}

/** A window with a board that changes when the test says so, and a activity who does what its script says. */
export function openWindow(given: Given, ...script: Act[]) {
  const answers = {
    claimAnnouncement: () => ({ granted: given.granted ?? true }),
    answerRequest: () => ({ request: request() }),
    replyToTask: () => ({ task: task(), message: message() }),
  };
  const api = given.api ?? new FakeHubApi(answers);
  const cursor = { epoch: 'e', number: 1 };
  const store = new FakeBoardStore({ ...board(given.before), cursor });
  const prompts = new FakePrompts(...script);
  const pages = Object.assign(new FakePages(), { inFront: () => given.inFront });
  const clock = createFakeClock(now);
  const failures: unknown[] = [];
  const lines: string[] = [];
  const acted = new Emitter<Parameters<Parameters<UserActivity['onDidAct']>[0]>[0]>(rethrow);
  const settingsChanged = new Emitter<Settings>(rethrow);
  const memory = new FakeMemory();
  if (given.seenAt !== undefined) memory.stored.set('agentrq.seenAt', given.seenAt);
  const activity = { focused: given.focused ?? true, debugging: false, onDidAct: acted.event };
  const value = {
    hub: { port: 1, home: undefined, durability: 'process', waitSeconds: {}, wake: true },
    notifications: { questions: 'all', messages: 'all', kinds: { message: 'toast' }, agents: {}, ...given.policy },
    programs: { command: given.command ?? [], soundCommand: given.soundCommand ?? [] },
  } satisfies Settings;
  const common = { board: store, api, prompts, pages, clock, l10n: english };
  const ran: (readonly string[])[] = [];
  const doNotDisturb: DoNotDisturb = createDoNotDisturb(memory, clock, rethrow);
  const needs: string[] = [];
  const attention = createNotifications({
    ...common,
    answers: testAnswers(common),
    replies: createReplyFlow({ ...common, drafts: createDrafts(memory, clock), randomId: () => 'a-random-id' }),
    settings: { value, onDidChange: settingsChanged.event },
    activity,
    doNotDisturb,
    memory,
    workspaceIds: () => [workspaceId],
    onDidChangeWorkspaces: () => ({ dispose() {} }),
    windowId: 'this-window',
    runCommand: async (argv) => {
      ran.push(argv);
      await given.runs?.(argv);
    },
    platform: given.platform ?? 'linux',
    showNeeds: async () => void needs.push('shown'),
    log: createLogger((_, line) => lines.push(line)),
    report: (error) => failures.push(error),
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Lets time pass, a little at a time: what is asked for is answered between. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      await settled();
    }
  };
  const happen = (...args: Parameters<typeof change>): void => store.change(change(...args));
  const show = async (asked: ReturnType<typeof request>, live = true): Promise<void> => {
    happen({ type: 'request.created', payload: asked }, board({ requests: [asked] }), live);
    await pass(2_000);
  };
  return {
    store,
    api,
    prompts,
    pages,
    clock,
    settled,
    failures,
    attention,
    pass,
    happen,
    show,
    lines,
    ran,
    memory,
    doNotDisturb,
    activity,
    needs,
    focus: (on: boolean) => {
      activity.focused = on;
      acted.fire({ kind: 'focus', on });
    },
    act: (act: { kind: 'typed' | 'saved' }) => acted.fire(act),
    ask: (over: Parameters<typeof request>[0] = {}, live = true) => show(request(over), live),
    permit: (over: Parameters<typeof permission>[0] = {}, of: Parameters<typeof request>[0] = {}) => show(permission(over, of)),
    tell: async (over: Parameters<typeof message>[0] = {}) => {
      happen({ type: 'message.created', payload: message(over) }, store.board);
      await pass(2_000);
    },
    /** What was sent, but for claims. */
    sent: () => api.calls.filter(({ name }) => name !== 'claimAnnouncement'),
  };
}

function rethrow(error: unknown): void {
  throw error;
}
