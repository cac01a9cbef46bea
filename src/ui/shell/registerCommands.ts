import * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { answerNextRequest } from '../answer/answerNextRequest.ts';
import { answerRequest } from '../answer/answerRequest.ts';
import { takeBackAnswer } from '../answer/takeBackAnswer.ts';
import { checkConnection, connectAgent, disconnectAgent, replaceToken } from '../connect/commands.ts';
import { startPracticeAgent } from '../connect/startPracticeAgent.ts';
import type { CommandId } from '../ids.ts';
import { commandIds } from '../ids.ts';
import { dismissRequest } from '../needsYou/dismissRequest.ts';
import { openRequest } from '../needsYou/openRequest.ts';
import { attachToTask } from '../panel/attachToTask.ts';
import { openTask } from '../panel/openTask.ts';
import { openTaskAsText } from '../panel/openTaskAsText.ts';
import { replyToTask } from '../send/replyToTask.ts';
import { type TaskCommandId, taskCommands } from '../tasks/api.ts';
import type { Command, CommandDeps } from './command.ts';

/** Registers every command of the manifest. A command that fails says so to the person; it never rejects. */
export function registerCommands(
  deps: CommandDeps,
  window: { showLog: () => void; restartHub: () => Promise<void>; report: (error: unknown) => void },
): Disposable {
  const ofTasks = Object.fromEntries(
    taskCommands.map((name): [string, Command] => [
      commandIds[name],
      async (argument, selected) => (await deps.tasks()).actions[name](argument, Array.isArray(selected) ? selected : undefined),
    ]),
  ) as { readonly [K in TaskCommandId]: Command };
  // By id, so that one that was forgotten does not compile.
  const commands: { readonly [K in CommandId]: Command } = {
    ...ofTasks,
    [commandIds.answerNextRequest]: answerNextRequest(deps),
    [commandIds.answerRequest]: answerRequest(deps),
    [commandIds.openRequest]: openRequest(deps),
    [commandIds.dismissRequest]: dismissRequest(deps),
    [commandIds.openTask]: openTask(deps),
    [commandIds.openTaskAsText]: openTaskAsText(deps),
    [commandIds.replyToTask]: replyToTask(deps),
    [commandIds.attachToTask]: attachToTask(deps),
    [commandIds.takeBackAnswer]: takeBackAnswer(deps),
    [commandIds.manageAnswers]: () => deps.answers.manageAnswers(),
    [commandIds.showDecisions]: async () => (await deps.decisions()).show(),
    [commandIds.exportDecisions]: async () => (await deps.decisions()).exportAll(),
    [commandIds.importDecisions]: async () => (await deps.decisions()).importFile(),
    [commandIds.manageRules]: () => deps.answers.manageRules(),
    [commandIds.newTask]: async () => (await deps.send()).newTask(),
    [commandIds.sendToAgent]: async (...args) => (await deps.send()).send(args),
    [commandIds.openKanban]: () => deps.openKanban(),
    [commandIds.replyInCode]: (reply) => deps.threads.reply(reply),
    [commandIds.approveInCode]: (reply) => deps.threads.reply(reply, 'approve'),
    [commandIds.sendBackInCode]: (reply) => deps.threads.reply(reply, 'sendBack'),
    [commandIds.connectAgent]: connectAgent(deps),
    [commandIds.checkConnection]: checkConnection(deps),
    [commandIds.disconnectAgent]: disconnectAgent(deps),
    [commandIds.replaceToken]: replaceToken(deps),
    [commandIds.startPracticeAgent]: startPracticeAgent(deps),
    [commandIds.toggleDoNotDisturb]: () => deps.toggleQuiet(),
    [commandIds.snoozeNotifications]: () => deps.snooze(),
    [commandIds.showLog]: async () => window.showLog(),
    [commandIds.restartHub]: async () => window.restartHub(),
  };
  const store = new DisposableStore();
  for (const [id, command] of Object.entries(commands)) {
    const run = async (argument: unknown, ...more: unknown[]): Promise<void> => {
      try {
        await command(argument, ...more);
      } catch (error) {
        window.report(error);
      }
    };
    store.add(vscode.commands.registerCommand(id, run));
  }
  return store;
}
