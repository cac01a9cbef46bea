import * as vscode from 'vscode';

/**
 * Finds a file: a relative path in the open folders, `~/` in the home folder, an absolute path as it is. `undefined` if it does not exist.
 */
export async function findFile(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of candidates(path)) {
    try {
      if (((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0) return uri;
    } catch {
      // Not found; try the next folder.
    }
  }
  return undefined;
}

/** Whether a file is in a folder of this window. */
export function isInFolders(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function candidates(path: string): vscode.Uri[] {
  const home = process.env['HOME'] ?? process.env['USERPROFILE'];
  if (/^~[/\\]/.test(path)) return home ? [vscode.Uri.joinPath(vscode.Uri.file(home), path.slice(2).replaceAll('\\', '/'))] : [];
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return [vscode.Uri.file(path)];
  // A relative path must not leave its folder.
  return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
    const found = vscode.Uri.joinPath(uri, path.replaceAll('\\', '/'));
    return isBelow(uri, found) ? [found] : [];
  });
}

function isBelow(folder: vscode.Uri, file: vscode.Uri): boolean {
  const path = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return file.scheme === folder.scheme && file.authority === folder.authority && file.path.startsWith(path);
}
