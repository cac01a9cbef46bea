import type { AnswerFlow } from '../answer/api.ts';
import { commandIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { ReplyFlow } from '../send/api.ts';
import type { UiContext } from '../shell/context.ts';
import { showNeedsYou } from '../shell/showNeedsYou.ts';
import { type DoNotDisturb, type Notifications, type UserActivity, untilTurnedOff } from './api.ts';
import { createDoNotDisturb } from './doNotDisturb.ts';
import { watchUserActivity } from './userActivity.ts';

/** Registers Do Not Disturb and the user's activity, and loads the notifications once the window is up. */
export function registerNotifications(context: UiContext, others: { answers: AnswerFlow; replies: ReplyFlow; pages: Pages }) {
  const doNotDisturb: DoNotDisturb = context.own(createDoNotDisturb(context.memory.global, context.clock, context.report));
  const activity: UserActivity = context.own(watchUserActivity());
  async function load(): Promise<Notifications> {
    const { createNotifications } = await import('./notifications.ts');
    return context.own(
      createNotifications({
        ...context,
        ...others,
        activity,
        doNotDisturb,
        memory: context.memory.global,
        windowId: context.randomId(),
        platform: process.platform,
        showNeeds: showNeedsYou,
        log: context.log.child('notifications'),
      }),
    );
  }
  const loaded = load();
  loaded.catch(context.report);
  const commands = {
    [commandIds.toggleDoNotDisturb]: () => doNotDisturb.set(doNotDisturb.until > 0 ? 0 : untilTurnedOff),
    [commandIds.snoozeNotifications]: async () => (await loaded).snooze(),
  };
  return { doNotDisturb, activity, commands };
}
