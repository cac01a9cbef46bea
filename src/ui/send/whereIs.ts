import * as vscode from 'vscode';
import type { Source } from './source.ts';

/** The folder and relative path of a file in this window; the absolute path of a file elsewhere. */
export function whereIs(uri: vscode.Uri): Pick<Source, 'folder' | 'file'> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const file = uri.scheme === 'untitled' ? undefined : vscode.workspace.asRelativePath(uri, false);
  return { folder: folder?.uri.toString(), file };
}
