import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import { commandIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { ReplyFlow } from './api.ts';
import { registerCodeActions } from './codeActions.ts';
import { replyToTask } from './commands.ts';

/** Registers what creates tasks and sends messages. The bundle is loaded by its commands. */
export function registerSend(context: UiContext, { reveal }: { reveal(taskId: string): void }) {
  const send = lazy(async () =>
    (await import('./send.ts')).createSend({
      ...context,
      memory: context.memory.workspace,
      platform: process.platform,
      connect: () => void vscode.commands.executeCommand(commandIds.connectAgent),
      reveal,
    }),
  );
  const replies: ReplyFlow = { ask: async (taskId) => (await send()).reply(taskId) };
  context.own(registerCodeActions());
  const sendToAgent: Command = async (...args) => (await send()).send(args);
  const commands = {
    [commandIds.newTask]: async (argument: unknown) => (await send()).newTask(targetOf(argument).ofAgent),
    [commandIds.sendToAgent]: sendToAgent,
    [commandIds.replyToTask]: replyToTask({ ...context, replies }),
  };
  return { replies, commands };
}
