import type { UserActivity } from '../notifications/api.ts';
import type { UiContext } from '../shell/context.ts';
import { offerPort } from './offerPort.ts';

/** Offers another port when the hub can't get its own. */
export function registerLink(context: UiContext, { activity }: { activity: UserActivity }): void {
  context.own(offerPort({ ...context, activity }));
}
