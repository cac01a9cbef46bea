import type { HubApi } from '../../client/hubApi.ts';
import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { type CardOpeners, takeCardMessage } from '../card/takeCardMessage.ts';
import type { RuleFlow } from '../rules/api.ts';
import { explainFailure, isGone } from '../shell/errors.ts';
import { answerOfWords } from '../text/answerOfWords.ts';
import type { L10n } from '../text/l10n.ts';
import type { ThreadFiles } from './threadFiles.ts';
import type { Uploads } from './uploads.ts';

/** What the page may request. */
export type PageRequest = Exclude<FromPage, { type: 'ready' }>;

/** What the editor opens for a page; `notice` shows why something can't be opened. */
export interface Openers extends CardOpeners {
  /** Stops the agent, after asking for a message to it. */
  stop(): Promise<void>;
}

/** Called for each request that was answered, with the answer. */
export type Answered = (request: Request, draft: AnswerDraft) => void;

/** The operations on files. */
export interface PanelFiles {
  uploads: Uploads;
  thread: ThreadFiles;
  /** Lets the user choose attachments. */
  choose(): Promise<void>;
}

/** Performs a request of the page. Never rejects: failures are shown on the page. */
export async function handlePageMessage(
  message: PageRequest,
  deps: {
    task: { id: string; workspaceId: string };
    api: HubApi;
    /** The request with this id, if it belongs to the task. */
    requestOf: (requestId: string) => Request | undefined;
    rules: RuleFlow;
    open: Openers;
    files: PanelFiles;
    send: (message: ToPage) => void;
    answered: Answered;
    l10n: L10n;
  },
): Promise<void> {
  const { task, api, open, files, send, l10n } = deps;
  const { workspaceId } = task;
  const notice = (text: string): void => send({ type: 'notice', level: 'info', text });
  try {
    switch (message.type) {
      case 'reply':
        if (await reply(message, deps)) send({ type: 'sent', key: message.key });
        return;
      case 'attach':
        return files.uploads.begin(message.file, message);
      case 'attachPart':
        return files.uploads.part(message.file, message.bytes);
      case 'detach':
        return files.uploads.stop(message.file);
      case 'chooseFiles':
        return await files.choose();
      case 'showPicture':
        return await files.thread.show(message.attachmentId);
      case 'openFile':
        return await files.thread.open(message.attachmentId);
      case 'saveFile':
        return await files.thread.save(message.attachmentId);
      case 'stop':
        return await open.stop();
      default:
        return await takeCardMessage(message, {
          requestOf: (id) => deps.requestOf(id),
          rules: deps.rules,
          open,
          notice,
          unanswered: (requestId) => send({ type: 'unanswered', requestId }),
          async answer(request, draft) {
            await api.call('answerRequest', { workspaceId, requestId: request.id, ...draft });
            deps.answered(request, draft);
          },
          async takeBack({ id }) {
            await api.call('retractAnswer', { workspaceId, requestId: id });
          },
          stranger: strangerText(l10n),
        });
    }
  } catch (error) {
    const { level, text } = explainFailure(error, l10n);
    if ('requestId' in message) send({ type: 'unanswered', requestId: message.requestId });
    // The page marks the files that are missing.
    const gone = message.type === 'reply' && isGone(error) ? await files.thread.missing(message.attachmentIds ?? []) : [];
    if (gone.length > 0) send({ type: 'gone', attachmentIds: gone });
    send({ type: 'notice', level, text });
  }
}

/** Sends what the user has written to where they have seen it go. @returns whether it was sent */
async function reply(
  { text, attachmentIds, key, answers }: Extract<PageRequest, { type: 'reply' }>,
  { task, api, requestOf, send, answered, l10n }: Parameters<typeof handlePageMessage>[1],
): Promise<boolean> {
  const { workspaceId, id: taskId } = task;
  const request = answers === null ? undefined : requestOf(answers.requestId);
  if (answers !== null && request === undefined) {
    send({ type: 'notice', level: 'info', text: strangerText(l10n) });
    return false;
  }
  // Files go with a message; it is the answer as well, if it is one.
  if (request === undefined || attachmentIds !== undefined) {
    await api.call('replyToTask', { workspaceId, taskId, text, key, answers, ...(attachmentIds !== undefined && { attachmentIds }) });
    return true;
  }
  const { choices = [] } = answers ?? {};
  const draft = choices.length > 0 ? { choices, text } : answerOfWords(request, text);
  await api.call('answerRequest', { workspaceId, requestId: request.id, ...draft });
  answered(request, draft);
  return true;
}

function strangerText(l10n: L10n): string {
  return l10n.t('This request is not part of this task. Nothing was sent.');
}
