import * as vscode from 'vscode';
import type { Attachment } from '../../protocol/model.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { fileName } from '../text/safeFileName.ts';

const scheme = 'agentrq-file';
/** How many texts are kept for open tabs; the oldest are dropped first. */
const kept = 20;

/** Attachments as read-only virtual documents. Nothing is written to disk. */
export interface FilePages extends Disposable {
  /** Opens the attachment; `false` if it is not text. */
  open(file: Attachment, bytes: ArrayBuffer): Promise<boolean>;
}

export function createFilePages(): FilePages {
  const store = new DisposableStore();
  const texts = new BoundedMap<string, string>(kept);
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: ({ path }) => texts.get(path) ?? '' }),
  );
  return {
    async open({ id, name }, bytes) {
      const text = textOf(bytes);
      if (text === undefined) return false;
      const path = `/${id}/${fileName(name)}`;
      texts.set(path, text);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path })), { preview: true });
      return true;
    },
    dispose: () => store.dispose(),
  };
}

function textOf(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
