// The door to the bundle with which requests are answered: what the person is asked, and what they keep for next time.

import type { Disposable } from '../../util/lifecycle.ts';
import { createRuleFlow, manageRules } from '../rules/api.ts';
import { createAnswerFlow } from './answerFlow.ts';
import type { Answering, AnsweringDeps } from './api.ts';
import { manageAnswers } from './manageAnswers.ts';
import { createTakeBack } from './retract.ts';
import { createSavedAnswers } from './savedAnswers.ts';

export function createAnswering(deps: AnsweringDeps): Answering & Disposable {
  const rules = createRuleFlow(deps);
  const saved = createSavedAnswers(deps.memory.global);
  const takeBack = createTakeBack(deps);
  const answers = createAnswerFlow({
    ...deps,
    rules,
    saved,
    memory: deps.memory.workspace,
    answered: (request) => takeBack.answered(request),
  });
  return {
    ...answers,
    dispose: () => takeBack.dispose(),
    takeBack: (requestId) => takeBack.take(requestId),
    manageAnswers: () => manageAnswers(deps, saved),
    manageRules: () => manageRules({ ...deps, rules }),
  };
}
