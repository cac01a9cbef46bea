import type { ServerResponse } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { heartbeatMs, streamsPerToken } from '../../protocol/limits.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { createOpenResponses } from './openResponses.ts';

/** The event streams of the user's editors. One whose token is no longer known loses them within a heartbeat. */
export interface UserStreams extends Disposable {
  /** @throws HubError `too_many_requests` */
  enter(userId: string, response: ServerResponse): void;
}

export function createUserStreams(deps: { clock: Clock; isKnown: (userId: string) => boolean; limit?: number | undefined }): UserStreams {
  const { clock, isKnown, limit = streamsPerToken } = deps;
  const open = createOpenResponses();
  const sweeping = clock.every(heartbeatMs, () => {
    for (const userId of open.owners()) if (!isKnown(userId)) open.cut(userId);
  });
  return {
    enter(userId, response) {
      const count = open.count(userId);
      if (count >= limit)
        throw new HubError('too_many_requests', `${count} event streams are open with this token. Close some of them first.`);
      open.add(userId, response);
    },
    dispose: () => sweeping.dispose(),
  };
}
