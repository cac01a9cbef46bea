import * as vscode from 'vscode';
import type { AnswerFlow } from '../answer/api.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { ReplyFlow } from '../send/api.ts';
import type { UiContext } from '../shell/context.ts';
import { type Attention, type Quiet, type UserActivity, untilTurnedOff } from './api.ts';
import { createQuiet } from './doNotDisturb.ts';
import { watchPerson } from './userActivity.ts';

/** Registers Do Not Disturb and the user's activity, and loads the notifications once the window is up. */
export function registerNotifications(context: UiContext, others: { answers: AnswerFlow; replies: ReplyFlow; pages: Pages }) {
  const quiet: Quiet = context.own(createQuiet(context.memory.global, context.clock, context.report));
  const person: UserActivity = context.own(watchPerson());
  async function load(): Promise<Attention> {
    const { createAttention } = await import('./notifications.ts');
    return context.own(
      createAttention({
        ...context,
        ...others,
        person,
        quiet,
        memory: context.memory.global,
        windowId: context.randomId(),
        platform: process.platform,
        showNeeds: async () => vscode.commands.executeCommand(`${viewIds.needsYou}.focus`),
        log: context.log.child('attention'),
      }),
    );
  }
  const loaded = load();
  loaded.catch(context.report);
  const commands = {
    [commandIds.toggleDoNotDisturb]: () => quiet.set(quiet.until > 0 ? 0 : untilTurnedOff),
    [commandIds.snoozeNotifications]: async () => (await loaded).snooze(),
  };
  return { quiet, person, commands };
}
