import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { LoadDialogs } from '../dialogs/api.ts';
import { commandIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import { readPickedFile } from '../shell/fileDialogs.ts';
import type { Answering } from './api.ts';
import { answerNextRequest, answerRequest, takeBackAnswer } from './commands.ts';

/** Registers answering. The bundle is loaded at the first call. */
export function registerAnswer(context: UiContext, others: { pages: Pages; loadDialogs: LoadDialogs }) {
  const loaded = lazy(async () =>
    context.own(
      (await import('./answering.ts')).createAnswering({
        ...context,
        ...others,
        isTrusted: () => vscode.workspace.isTrusted,
        paste: async () => vscode.env.clipboard.readText(),
        readFile: () => readPickedFile(['json']),
      }),
    ),
  );
  /** A function that loads the bundle and then calls the function `of` it. */
  function late<A extends unknown[], R>(of: (answering: Answering) => (...given: A) => Promise<R>): (...given: A) => Promise<R> {
    return async (...given) => of(await loaded())(...given);
  }
  const answers: Answering = {
    ask: late(({ ask }) => ask),
    choose: late(({ choose }) => choose),
    decide: late(({ decide }) => decide),
    send: late(({ send }) => send),
    offerSame: late(({ offerSame }) => offerSame),
    terminal: late(({ terminal }) => terminal),
    next: late(({ next }) => next),
    retract: late(({ retract }) => retract),
    manageAnswers: late(({ manageAnswers }) => manageAnswers),
    manageRules: late(({ manageRules }) => manageRules),
  };
  const deps = { ...context, answers };
  const commands = {
    [commandIds.answerNextRequest]: answerNextRequest(deps),
    [commandIds.answerRequest]: answerRequest(deps),
    [commandIds.takeBackAnswer]: takeBackAnswer(deps),
    [commandIds.manageAnswers]: () => answers.manageAnswers(),
    [commandIds.manageRules]: () => answers.manageRules(),
  };
  return { answers, commands };
}
