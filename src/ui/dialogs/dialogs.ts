// The entry of the bundle for agents' own dialogs: the user is asked the same here, or shown the terminal.

import { runningProcesses } from '../../agents/runningProcesses.ts';
import { assertNever } from '../../util/errors.ts';
import { agentTerminal } from './agentTerminal.ts';
import type { Dialogs, DialogsDeps } from './api.ts';
import { createAskPlan } from './askPlan.ts';
import { createAskQuestions } from './askQuestions.ts';

/** `keepInEditor` is called once a document was opened to which the keyboard goes. */
export function createDialogs(deps: DialogsDeps & { keepInEditor(): void }): Dialogs {
  const { prompts, l10n } = deps;
  const askQuestions = createAskQuestions(deps);
  const askPlan = createAskPlan({
    ...deps,
    async openDraft(text) {
      const draft = await (await import('./editor.ts')).openDraft(text);
      deps.keepInEditor();
      return draft;
    },
  });
  return {
    async ask(asking, dialog) {
      switch (dialog.kind) {
        case 'questions':
          return await askQuestions(asking, dialog.questions);
        case 'plan':
          return await askPlan(asking);
        default:
          return assertNever(dialog);
      }
    },
    async terminal(agent, show) {
      const terminals = agent === undefined ? [] : await (await import('./editor.ts')).openTerminals();
      const found = agent === undefined || terminals.length === 0 ? undefined : agentTerminal(agent, terminals, await runningProcesses());
      if (show && found === undefined) {
        await prompts.toast('info', l10n.t('The agent runs in no terminal of this window that could be found. Answer it where it runs.'));
      }
      if (show) found?.show();
      return found !== undefined;
    },
  };
}
