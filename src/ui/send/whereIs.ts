import * as vscode from 'vscode';
import type { Source } from './source.ts';

/** The folder of this window that a file is in, and its path there; of a file elsewhere its whole path. */
export function whereIs(uri: vscode.Uri): Pick<Source, 'folder' | 'file'> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const file = uri.scheme === 'untitled' ? undefined : vscode.workspace.asRelativePath(uri, false);
  return { folder: folder?.uri.toString(), file };
}
