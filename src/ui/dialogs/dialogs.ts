// The door to the bundle that asks the user what agents ask in dialogs of their own.

import { assertNever } from '../../util/errors.ts';
import type { AskDialog, DialogsDeps } from '../loadDialogs.ts';
import { createAskPlan } from './askPlan.ts';
import { createAskQuestions } from './askQuestions.ts';

export function createDialogs(deps: DialogsDeps): AskDialog {
  const askQuestions = createAskQuestions(deps);
  const askPlan = createAskPlan({ ...deps, openDraft: async (text) => (await import('./openDraft.ts')).openDraft(text) });
  return async (asking, dialog) => {
    switch (dialog.kind) {
      case 'questions':
        return await askQuestions(asking, dialog.questions);
      case 'plan':
        return await askPlan(asking);
      default:
        return assertNever(dialog);
    }
  };
}
