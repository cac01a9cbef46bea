// The door to the bundle with which requests are answered: what the person is asked, and what they keep for next time.

import { createAnswerFlow } from '../answerFlow.ts';
import type { Answering, AnsweringDeps } from '../loadAnswering.ts';
import { createRuleFlow } from '../ruleFlow.ts';
import { createSavedAnswers } from '../savedAnswers.ts';
import { createTakeBack } from '../takeBack.ts';
import { manageAnswers } from './manageAnswers.ts';
import { manageRules } from './manageRules.ts';

export function createAnswering(deps: AnsweringDeps): Answering {
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
    takeBack: (requestId) => takeBack.take(requestId),
    manageAnswers: () => manageAnswers(deps, saved),
    manageRules: () => manageRules({ ...deps, rules }),
  };
}
