import * as vscode from 'vscode';
import type { HubApi } from '../../client/hubApi.ts';
import type { Attachment } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { createTurns } from '../../util/turns.ts';
import type { FilePages } from '../documents/api.ts';
import { explainFailure, isGone } from '../shell/errors.ts';
import { fileName } from '../text/safeFileName.ts';
import { visibleLine } from '../text/visibleText.ts';
import { pictureOf } from './pictureOf.ts';

/** Operations on the attachments of a thread. */
export interface ThreadFiles {
  /** Sends a picture to the page. Never rejects. */
  show(attachmentId: string): Promise<void>;
  /** Opens a text attachment read-only. Fails like `HubApi.download`. */
  open(attachmentId: string): Promise<void>;
  /** Lets the user choose where to save it. Fails like `HubApi.download` and the editor's file system. */
  save(attachmentId: string): Promise<void>;
  /** The ids that the hub does not have. */
  missing(attachmentIds: readonly string[]): Promise<string[]>;
}

/** @param deps.find the attachment of the thread with this id */
export function createThreadFiles(deps: {
  api: HubApi;
  workspaceId: string;
  find: (attachmentId: string) => Attachment | undefined;
  pages: FilePages;
  send: (message: ToPage) => void;
}): ThreadFiles {
  const { api, workspaceId } = deps;
  const { l10n } = vscode;
  /** One picture is loaded at a time, which limits memory. */
  const inTurn = createTurns();

  async function picture(attachmentId: string): Promise<Extract<ToPage, { type: 'picture' }>['picture']> {
    const problem = l10n.t('This picture can’t be shown here. Save it to look at it.');
    if (deps.find(attachmentId) === undefined) return { problem };
    try {
      const bytes = await api.download(workspaceId, attachmentId);
      const found = pictureOf(new Uint8Array(bytes));
      return found === undefined ? { problem } : { ...found, bytes };
    } catch (error) {
      return { problem: goneOr(error) };
    }
  }

  const goneOr = (error: unknown): string =>
    isGone(error) ? l10n.t('The hub doesn’t have this file any more.') : explainFailure(error, l10n).text;

  async function fetched(attachmentId: string): Promise<{ file: Attachment; bytes: ArrayBuffer } | undefined> {
    const file = deps.find(attachmentId);
    if (file === undefined) return undefined;
    try {
      return { file, bytes: await api.download(workspaceId, attachmentId) };
    } catch (error) {
      if (!isGone(error)) throw error;
      deps.send({ type: 'notice', level: 'error', text: goneOr(error) });
      return undefined;
    }
  }

  return {
    show(attachmentId) {
      return inTurn(async () => deps.send({ type: 'picture', attachmentId, picture: await picture(attachmentId) }));
    },
    async open(attachmentId) {
      const found = await fetched(attachmentId);
      if (found === undefined || (await deps.pages.open(found.file, found.bytes))) return;
      deps.send({ type: 'notice', level: 'info', text: l10n.t('{0} is not text. Save it to open it.', visibleLine(found.file.name)) });
    },
    async save(attachmentId) {
      const found = await fetched(attachmentId);
      if (found === undefined) return;
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      const name = fileName(found.file.name);
      const uri = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) });
      if (uri === undefined) return;
      await vscode.workspace.fs.writeFile(uri, new Uint8Array(found.bytes));
      deps.send({ type: 'notice', level: 'info', text: l10n.t('{0} is saved.', visibleLine(uri.path.split('/').at(-1) ?? '')) });
    },
    async missing(attachmentIds) {
      const gone: string[] = [];
      for (const id of attachmentIds) {
        try {
          await api.download(workspaceId, id);
        } catch (error) {
          if (isGone(error)) gone.push(id);
        }
      }
      return gone;
    },
  };
}
