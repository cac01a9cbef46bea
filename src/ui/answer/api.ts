import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import { lazy } from '../../util/lazy.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Pages } from '../panel/pages.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { AnswerFlow } from './answerFlow.ts';

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
  const loaded = lazy(async () => store.add((await import('./answering.ts')).createAnswering(deps)));
  /** Does it with what is loaded by then. */
  function late<A extends unknown[], R>(of: (answering: Answering) => (...given: A) => Promise<R>): (...given: A) => Promise<R> {
    return async (...given) => of(await loaded())(...given);
  }
  return {
    dispose: () => store.dispose(),
    ask: late(({ ask }) => ask),
    choose: late(({ choose }) => choose),
    decide: late(({ decide }) => decide),
    send: late(({ send }) => send),
    offerSame: late(({ offerSame }) => offerSame),
    terminal: late(({ terminal }) => terminal),
    next: late(({ next }) => next),
    takeBack: late(({ takeBack }) => takeBack),
    manageAnswers: late(({ manageAnswers }) => manageAnswers),
    manageRules: late(({ manageRules }) => manageRules),
  };
}
