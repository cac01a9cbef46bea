// The entry of the bundle that answers requests: prompts, reusable answers and rules.

import type { Disposable } from '../../util/lifecycle.ts';
import { createRuleFlow, manageRules } from '../rules/api.ts';
import { createAnswerFlow } from './answerFlow.ts';
import type { Answering, AnsweringDeps } from './api.ts';
import { manageAnswers } from './manageAnswers.ts';
import { createRetraction } from './retract.ts';
import { createSavedAnswers } from './savedAnswers.ts';

export function createAnswering(deps: AnsweringDeps): Answering & Disposable {
  const rules = createRuleFlow(deps);
  const saved = createSavedAnswers(deps.memory.global);
  const retraction = createRetraction(deps);
  const answers = createAnswerFlow({
    ...deps,
    rules,
    saved,
    memory: deps.memory.workspace,
    answered: (request) => retraction.answered(request),
  });
  return {
    ...answers,
    dispose: () => retraction.dispose(),
    retract: (requestId) => retraction.take(requestId),
    manageAnswers: () => manageAnswers(deps, saved),
    manageRules: () => manageRules({ ...deps, rules }),
  };
}
