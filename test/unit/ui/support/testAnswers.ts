import type { Request } from '../../../../src/protocol/model.ts';
import { createAnswerFlow } from '../../../../src/ui/answer/answerFlow.ts';
import type { AnswerFlow } from '../../../../src/ui/answer/api.ts';
import { createSavedAnswers, type SavedAnswers } from '../../../../src/ui/answer/savedAnswers.ts';
import { createDialogs } from '../../../../src/ui/dialogs/dialogs.ts';
import type { RuleFlow } from '../../../../src/ui/rules/ruleFlow.ts';
import type { Memory } from '../../../../src/ui/shell/memory.ts';
import type { Prompts } from '../../../../src/ui/shell/prompts.ts';
import type { Clock } from '../../../../src/util/clock.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import type { FakeBoardStore } from './fakeBoardStore.ts';
import type { FakeHubApi } from './fakeHubApi.ts';
import { FakeMemory } from './fakeMemory.ts';
import { FakePages } from './fakePages.ts';

import { FakeRules } from './fakeRules.ts';
import { english } from './fixtures.ts';

/** How requests are answered, with what a test doesn't care about filled in. */
export function testAnswers(deps: {
  board: FakeBoardStore;
  api: FakeHubApi;
  prompts: Prompts;
  pages?: FakePages;
  rules?: RuleFlow;
  saved?: SavedAnswers;
  memory?: Memory;
  clock?: Clock;
  answered?: (request: Request) => void;
}): AnswerFlow {
  return createAnswerFlow({
    pages: new FakePages(),
    rules: new FakeRules(),
    loadDialogs: async (dialogDeps) => createDialogs({ ...dialogDeps, keepInEditor: () => {} }),
    saved: createSavedAnswers(new FakeMemory()),
    memory: new FakeMemory(),
    clock: createFakeClock(),
    answered: () => {},
    l10n: english,
    ...deps,
  });
}
