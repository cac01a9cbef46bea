import { lazy } from '../../util/lazy.ts';
import { commandIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import { readPickedFile, savePickedFile } from '../shell/fileDialogs.ts';
import { showProgress } from '../shell/showProgress.ts';

/** Registers the log of decisions. The bundle is loaded by its commands. */
export function registerDecisions(context: UiContext, { pages }: { pages: Pages }) {
  const closing = new AbortController();
  context.own({ dispose: () => closing.abort() });
  const decisions = lazy(async () =>
    (await import('./decisions.ts')).createDecisions({
      ...context,
      pages,
      readFile: () => readPickedFile(['jsonl', 'json']),
      saveFile: savePickedFile,
      progress: (title, run) => showProgress(title, run, closing.signal),
      now: () => context.clock.now(),
    }),
  );
  const commands = {
    [commandIds.showDecisions]: async () => (await decisions()).show(),
    [commandIds.exportDecisions]: async () => (await decisions()).exportAll(),
    [commandIds.importDecisions]: async () => (await decisions()).importFile(),
  };
  return { commands };
}
