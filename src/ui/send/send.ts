import type { Send, SendDeps } from '../loadSend.ts';
import { newTask } from './newTask.ts';
import { readSource } from './readSource.ts';
import { createSendFlow } from './sendFlow.ts';

export function createSend(deps: SendDeps): Send {
  const make = newTask(deps);
  const send = createSendFlow(deps);
  return {
    newTask: make,
    async send(args) {
      const source = await readSource(args);
      await (source === undefined ? make() : send(source));
    },
  };
}
