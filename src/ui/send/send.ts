import { createDrafts } from '../shell/drafts.ts';
import type { Send, SendDeps } from './api.ts';
import { newTask } from './newTask.ts';
import { readSource } from './readSource.ts';
import { createReplyFlow } from './replyFlow.ts';
import { createSendFlow } from './sendFlow.ts';

export function createSend(deps: SendDeps): Send {
  // The drafts of answers are stored elsewhere, by another bundle.
  const drafts = createDrafts(deps.memory, deps.clock, 'agentrq.drafts.send');
  const make = newTask({ ...deps, drafts });
  const send = createSendFlow({ ...deps, drafts });
  const replies = createReplyFlow({ ...deps, drafts });
  return {
    reply: (taskId) => replies.ask(taskId),
    newTask: make,
    async send(args) {
      const source = await readSource(args);
      await (source === undefined ? make() : send(source));
    },
  };
}
