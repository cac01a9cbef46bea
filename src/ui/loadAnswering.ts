import type { BoardStore } from '../client/boardStore.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { Clock } from '../util/clock.ts';
import { lazy } from '../util/lazy.ts';
import { type Disposable, DisposableStore } from '../util/lifecycle.ts';
import type { AnswerFlow } from './answerFlow.ts';
import type { L10n } from './l10n.ts';
import type { Memory } from './memory.ts';
import type { Pages } from './pages.ts';
import type { Prompts } from './prompts.ts';

/** What answering works with. */
export interface AnsweringDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  clock: Clock;
  /** What the editor keeps over a reload: for the folder that is open, and for all of them. */
  memory: { workspace: Memory; global: Memory };
  workspaceIds(): readonly string[];
  isTrusted(): boolean;
  /** What is on the clipboard. */
  paste(): Promise<string>;
  /** The text of a file that the person picks; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** An RFC 3339 time as the person reads it. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** All that answers, and what belongs to it. */
export interface Answering extends AnswerFlow {
  /** Takes back the answer to this request, or else to the last one. */
  takeBack(requestId?: string): Promise<void>;
  manageAnswers(): Promise<void>;
  manageRules(): Promise<void>;
}

/** A bundle of its own, loaded at the first call of any: nothing else may import `answering/answering.ts`. */
export function loadAnswering(deps: AnsweringDeps): Answering & Disposable {
  const store = new DisposableStore();
  const loaded = lazy(async () => store.add((await import('./answering/answering.ts')).createAnswering(deps)));
  return {
    dispose: () => store.dispose(),
    ask: async (requestId) => (await loaded()).ask(requestId),
    choose: async (requestId, choice) => (await loaded()).choose(requestId, choice),
    decide: async (requestId, decision) => (await loaded()).decide(requestId, decision),
    send: async (requestId, draft) => (await loaded()).send(requestId, draft),
    offerSame: async (request, draft) => (await loaded()).offerSame(request, draft),
    terminal: async (agentId, show) => (await loaded()).terminal(agentId, show),
    next: async () => (await loaded()).next(),
    takeBack: async (requestId) => (await loaded()).takeBack(requestId),
    manageAnswers: async () => (await loaded()).manageAnswers(),
    manageRules: async () => (await loaded()).manageRules(),
  };
}
