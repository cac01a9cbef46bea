import { createBoardStore } from '../../../src/client/boardStore.ts';
import { createEventStream } from '../../../src/client/eventStream.ts';
import { createHubApi } from '../../../src/client/hubApi.ts';
import { systemClock as clock } from '../../../src/util/clock.ts';
import { nullLog as log } from '../../../src/util/log.ts';
import { waitFor } from '../../support/waitFor.ts';
import { benchToken } from '../servers/benchToken.ts';

/** A window of the user's, who answers at once: yes to every question, and every permission is given. */
export interface BusyPerson {
  /** Answers that the hub refused. */
  readonly failures: readonly string[];
  close(): void;
}

export async function openBusyPerson(url: string): Promise<BusyPerson> {
  const failures: string[] = [];
  const address = async () => ({ url, token: benchToken });
  const api = createHubApi({ address, fetch });
  const stream = createEventStream({ address, fetch, clock, random: Math.random, log });
  const board = createBoardStore({ api, stream, clock, random: Math.random, log });
  board.onDidChange(({ event }) => {
    if (event.type !== 'request.created') return;
    const { id: requestId, workspaceId, kind } = event.payload;
    const answer = kind === 'permission' ? { decision: 'allow' as const } : { choices: ['Yes'] };
    api.call('answerRequest', { workspaceId, requestId, ...answer }).catch((error: unknown) => failures.push(String(error)));
  });
  board.start();
  await waitFor('the window to be live', () => board.link.kind === 'live');
  return {
    failures,
    close() {
      board.dispose();
      stream.dispose();
    },
  };
}
