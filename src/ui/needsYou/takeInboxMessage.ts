import type { HubApi } from '../../client/hubApi.ts';
import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { ToInbox } from '../../protocol/toInboxPage.ts';
import { type CardOpeners, takeCardMessage } from '../card/takeCardMessage.ts';
import { commandIds, tourId } from '../ids.ts';
import type { RuleFlow } from '../rules/api.ts';
import { explainFailure } from '../shell/errors.ts';
import type { L10n } from '../text/l10n.ts';

/** What the page may ask for. */
export type InboxRequest = Exclude<FromInbox, { type: 'ready' | 'read' }>;

const helps: { readonly [K in Extract<FromInbox, { type: 'help' }>['with']]: readonly [command: string, ...given: string[]] } = {
  connect: [commandIds.connectAgent],
  practice: [commandIds.startPracticeAgent],
  tour: ['workbench.action.openWalkthrough', tourId],
  port: [commandIds.useAnotherPort],
  restart: [commandIds.restartHub],
  log: [commandIds.showLog],
};

/** Does what the page asks for. Never rejects: failures are shown on the page. */
export async function takeInboxMessage(
  message: InboxRequest,
  deps: {
    api: HubApi;
    /** The request with this id, if the page has a card of it. */
    requestOf(requestId: string): Request | undefined;
    rules: RuleFlow;
    open: CardOpeners;
    send(message: ToInbox): void;
    answered(request: Request, draft: AnswerDraft): void;
    /** Runs a command of the editor. */
    run(command: string, ...given: unknown[]): Promise<unknown>;
    l10n: L10n;
  },
): Promise<void> {
  const { api, run, send, l10n } = deps;
  const notice = (text: string): void => send({ type: 'notice', level: 'info', text });
  try {
    switch (message.type) {
      case 'undo':
        return void (await run(commandIds.takeBackAnswer));
      case 'snooze':
        return void (await run(commandIds.snoozeNotifications));
      case 'help':
        return void (await run(...helps[message.with]));
      case 'open':
        return void (await run(commandIds.openRequest, { requestId: message.requestId }));
      case 'dismiss':
        return void (await run(commandIds.dismissRequest, { requestId: message.requestId }));
      default:
        return await takeCardMessage(message, {
          requestOf: (id) => deps.requestOf(id),
          rules: deps.rules,
          open: deps.open,
          notice,
          unanswered: (requestId) => send({ type: 'unanswered', requestId }),
          async answer(request, draft) {
            await api.call('answerRequest', { workspaceId: request.workspaceId, requestId: request.id, ...draft });
            deps.answered(request, draft);
          },
          async takeBack({ id, workspaceId }) {
            await api.call('retractAnswer', { workspaceId, requestId: id });
          },
          stranger: l10n.t('This request is no longer on the board.'),
        });
    }
  } catch (error) {
    const { level, text } = explainFailure(error, l10n);
    if ('requestId' in message) send({ type: 'unanswered', requestId: message.requestId });
    send({ type: 'notice', level, text });
  }
}
