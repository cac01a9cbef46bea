import type { Connection } from '../../../agents/config/connectAgent.ts';
import type { Board } from '../../../client/board.ts';
import type { BoardChange } from '../../../client/boardStore.ts';
import type { Request } from '../../../protocol/model.ts';
import { truncate } from '../../text/truncate.ts';
import { visibleLine } from '../../text/visibleText.ts';
import { agentNames, introductions } from '../agentText.ts';
import type { ConnectContext } from '../context.ts';
import type { Finding, StepId } from './doctorSteps.ts';
import { watchBoard } from './watchBoard.ts';

/** Follows a test question of the agent: asked, answered, delivered. Each step passes when the board shows it. */
export async function followTestQuestion(
  { board, l10n }: ConnectContext,
  { agent, workspaceId }: Connection,
  signal: AbortSignal,
  set: (id: StepId, finding: Finding) => void,
): Promise<void> {
  const name = agentNames[agent];
  const before = new Set(board.board.requests.keys());
  let question: Request | undefined;

  const isOurs = (request: Request, now: Board): boolean => {
    const asker = request.agentId === undefined ? undefined : now.agents.get(request.agentId);
    return (
      request.workspaceId === workspaceId &&
      request.kind === 'question' &&
      !before.has(request.id) &&
      asker !== undefined &&
      introductions[agent].test(asker.name)
    );
  };

  function waitForOne(...notes: string[]): void {
    question = undefined;
    set('asked', { mark: 'waiting', notes: [...notes, l10n.t('Paste the test prompt into {0}.', name)], mend: { kind: 'copyPrompt' } });
    set('answered', { mark: 'later', notes: [] });
    set('delivered', { mark: 'later', notes: [] });
  }

  /** Updates the steps for this request. Returns whether the answer was delivered. */
  function note(request: Request): boolean {
    question = request;
    set('asked', { mark: 'passed', notes: [l10n.t('{0} asks: {1}', name, truncate(visibleLine(request.question), 200))] });
    switch (request.status) {
      case 'open':
        set('answered', {
          mark: 'waiting',
          notes: [l10n.t('Answer it as you like best: on the notification, in Needs You, or by its command.')],
          mend: { kind: 'answer', requestId: request.id },
        });
        return false;
      case 'answered':
        set('answered', { mark: 'passed', notes: [] });
        set('delivered', { mark: 'waiting', notes: [l10n.t('It counts as delivered when the agent’s next call proves that it arrived.')] });
        return false;
      case 'delivered':
      case 'acted':
        set('answered', { mark: 'passed', notes: [] });
        set('delivered', { mark: 'passed', notes: [l10n.t('A later call of {0} proves that it arrived.', name)] });
        return true;
      default:
        before.add(request.id);
        waitForOne(l10n.t('It no longer waits for an answer to that question.'));
        return false;
    }
  }

  function newest(now: Board, event: BoardChange['event'] | undefined): Request | undefined {
    const told = event?.type === 'request.created' || event?.type === 'request.updated' ? event.payload : undefined;
    if (question !== undefined) return told?.id === question.id ? told : event === undefined ? now.requests.get(question.id) : undefined;
    return told !== undefined ? (isOurs(told, now) ? told : undefined) : [...now.requests.values()].find((one) => isOurs(one, now));
  }

  waitForOne();
  const done = await watchBoard(board, signal, (now, event) => {
    const request = newest(now, event);
    if (request !== undefined) return note(request) || undefined;
    // The request left the board while the hub was unreachable, so its outcome is unknown.
    if (event === undefined && question !== undefined) {
      before.add(question.id);
      waitForOne(l10n.t('What became of the last question was not seen, because the connection to the hub was interrupted.'));
    }
    return undefined;
  });
  if (done === true) return;
  const seen = question;
  const stopped: Finding = { mark: 'stopped', notes: [l10n.t('You stopped waiting.')] };
  if (seen === undefined) set('asked', stopped);
  if (seen === undefined || seen.status === 'open') set('answered', stopped);
  set('delivered', stopped);
}
