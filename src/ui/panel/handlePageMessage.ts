import type { HubApi } from '../../client/hubApi.ts';
import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { Request } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { assertNever } from '../../util/errors.ts';
import type { RuleFlow } from '../rules/api.ts';
import { explainFailure, isGone } from '../shell/errors.ts';
import type { L10n } from '../text/l10n.ts';
import { type Answered, sendVerdict } from './sendVerdict.ts';
import type { ThreadFiles } from './threadFiles.ts';
import type { Uploads } from './uploads.ts';

/** What the page may request. */
export type PageRequest = Exclude<FromPage, { type: 'ready' }>;

/** What the editor opens for a page; `notice` shows why something can't be opened. */
export interface Openers {
  link(address: string): Promise<void>;
  place(place: string, notice: (text: string) => void): Promise<void>;
  /** Opens the location of a request of the task. */
  about(requestId: string, notice: (text: string) => void): Promise<void>;
  patch(patch: string, notice: (text: string) => void): Promise<void>;
  /** Stops the agent, after asking for a message to it. */
  stop(): Promise<void>;
}

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
  // The page shows text of agents, so it may only answer requests of its own task.
  if ('requestId' in message && deps.requestOf(message.requestId) === undefined) {
    send({ type: 'unanswered', requestId: message.requestId });
    return notice(l10n.t('This request is not part of this task. Nothing was sent.'));
  }
  try {
    switch (message.type) {
      case 'reply': {
        const { text, attachmentIds, key } = message;
        await api.call('replyToTask', { workspaceId, taskId: task.id, text, key, ...(attachmentIds !== undefined && { attachmentIds }) });
        return send({ type: 'sent', key });
      }
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
      case 'answer':
      case 'decide':
      case 'always':
        return await sendVerdict(message, deps);
      case 'takeBack':
        await api.call('retractAnswer', { workspaceId, requestId: message.requestId });
        return;
      case 'stop':
        return await open.stop();
      case 'openLink':
        return await open.link(message.address);
      case 'openPlace':
        return await open.place(message.place, notice);
      case 'openAbout':
        return await open.about(message.requestId, notice);
      case 'openPatch':
        return await open.patch(message.patch, notice);
      default:
        return assertNever(message);
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
