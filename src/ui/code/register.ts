import { lazy } from '../../util/lazy.ts';
import type { AnswerFlow } from '../answer/api.ts';
import { commandIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Command } from '../shell/registerCommands.ts';
import type { ReviewVerdict, Threads } from './api.ts';

/** Registers comment threads. The bundle is loaded when the first request with a location appears. */
export function registerCode(context: UiContext, { answers }: { answers: Pick<AnswerFlow, 'send'> }) {
  const { board } = context;
  let wanted = false;
  const loaded = lazy(async () => context.own((await import('./codeThreads.ts')).createThreads({ ...context, answers })));
  context.own(
    followBoard(board, () => {
      if (wanted || ![...board.board.requests.values()].some(({ place }) => place !== undefined)) return;
      wanted = true;
      loaded().catch((error: unknown) => {
        wanted = false;
        context.report(error);
      });
    }),
  );
  const open: Threads['open'] = async (request) => request.place !== undefined && (await loaded()).open(request);
  const replyWith =
    (verdict?: ReviewVerdict): Command =>
    async (argument) =>
      (await loaded()).reply(argument, verdict);
  const commands = {
    [commandIds.replyInCode]: replyWith(),
    [commandIds.chooseInCode]: (async (requestId, index) => (await loaded()).choose(requestId, index)) satisfies Command,
    [commandIds.approveInCode]: replyWith('approve'),
    [commandIds.sendBackInCode]: replyWith('sendBack'),
  };
  return { threads: { open }, commands };
}
