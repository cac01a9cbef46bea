import type { HubApi } from '../../client/hubApi.ts';
import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { Request } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { assertNever } from '../../util/errors.ts';
import type { RuleFlow } from '../rules/api.ts';
import { explainFailure, isGone } from '../shell/explainFailure.ts';
import type { L10n } from '../text/l10n.ts';
import { type Answered, sendVerdict } from './sendVerdict.ts';
import type { ThreadFiles } from './threadFiles.ts';
import type { Uploads } from './uploads.ts';

/** What the page may ask for. */
export type Order = Exclude<FromPage, { type: 'ready' }>;

/** What the editor opens for a page; `notice` hears of what it doesn't. */
export interface Openers {
  link(address: string): Promise<void>;
  place(place: string, notice: (text: string) => void): Promise<void>;
  /** The lines that a request of the task is about. */
  about(requestId: string, notice: (text: string) => void): Promise<void>;
  patch(patch: string, notice: (text: string) => void): Promise<void>;
  /** What the user says to the agent that they stop. */
  stop(): Promise<void>;
}

/** What the page may have done with files. */
export interface PanelFiles {
  uploads: Uploads;
  thread: ThreadFiles;
  /** Lets the person choose what goes along. */
  choose(): Promise<void>;
}

/** Does what the person wants by way of the page. Never fails: what goes wrong is said on the page. */
export async function obeyPage(
  order: Order,
  deps: {
    task: { id: string; workspaceId: string };
    api: HubApi;
    /** What is known under this id, if it belongs to the task. */
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
  // The page shows text of agents: it may decide about its own task only.
  if ('requestId' in order && deps.requestOf(order.requestId) === undefined) {
    send({ type: 'unanswered', requestId: order.requestId });
    return notice(l10n.t('This request is not part of this task. Nothing was sent.'));
  }
  try {
    switch (order.type) {
      case 'reply': {
        const { text, attachmentIds, key } = order;
        await api.call('replyToTask', { workspaceId, taskId: task.id, text, key, ...(attachmentIds !== undefined && { attachmentIds }) });
        return send({ type: 'sent', key });
      }
      case 'attach':
        return files.uploads.begin(order.file, order);
      case 'attachPart':
        return files.uploads.part(order.file, order.bytes);
      case 'detach':
        return files.uploads.stop(order.file);
      case 'chooseFiles':
        return await files.choose();
      case 'showPicture':
        return await files.thread.show(order.attachmentId);
      case 'openFile':
        return await files.thread.open(order.attachmentId);
      case 'saveFile':
        return await files.thread.save(order.attachmentId);
      case 'answer':
      case 'decide':
      case 'always':
        return await sendVerdict(order, deps);
      case 'takeBack':
        await api.call('retractAnswer', { workspaceId, requestId: order.requestId });
        return;
      case 'stop':
        return await open.stop();
      case 'openLink':
        return await open.link(order.address);
      case 'openPlace':
        return await open.place(order.place, notice);
      case 'openAbout':
        return await open.about(order.requestId, notice);
      case 'openPatch':
        return await open.patch(order.patch, notice);
      default:
        return assertNever(order);
    }
  } catch (error) {
    const { level, text } = explainFailure(error, l10n);
    if ('requestId' in order) send({ type: 'unanswered', requestId: order.requestId });
    // Which of the files it is, the page shows beside each.
    const gone = order.type === 'reply' && isGone(error) ? await files.thread.missing(order.attachmentIds ?? []) : [];
    if (gone.length > 0) send({ type: 'gone', attachmentIds: gone });
    send({ type: 'notice', level, text });
  }
}
