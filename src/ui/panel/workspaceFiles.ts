import * as vscode from 'vscode';

/** The file of this path: in the folders that are open if it is relative, in the user's own for `~/`, and otherwise where it says. `undefined` if there is none. */
export async function findFile(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of candidates(path)) {
    try {
      if (((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0) return uri;
    } catch {
      // There is nothing; the next folder may have it.
    }
  }
  return undefined;
}

/** Says that a file belongs to a folder that is open in this window. */
export function isInFolders(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function candidates(path: string): vscode.Uri[] {
  const home = process.env['HOME'] ?? process.env['USERPROFILE'];
  if (/^~[/\\]/.test(path)) return home ? [vscode.Uri.joinPath(vscode.Uri.file(home), path.slice(2).replaceAll('\\', '/'))] : [];
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return [vscode.Uri.file(path)];
  // A relative path stays in its folder.
  return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
    const found = vscode.Uri.joinPath(uri, path.replaceAll('\\', '/'));
    return isBelow(uri, found) ? [found] : [];
  });
}

function isBelow(folder: vscode.Uri, file: vscode.Uri): boolean {
  const path = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return file.scheme === folder.scheme && file.authority === folder.authority && file.path.startsWith(path);
}
