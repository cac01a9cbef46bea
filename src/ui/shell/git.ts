import * as vscode from 'vscode';

/** The part of the API of VS Code's Git extension that is used. */
interface Git {
  getAPI(version: 1): {
    getRepository(uri: vscode.Uri): { diffWithHEAD(path: string): Promise<string> } | null;
    toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
  };
}

async function openGit(): Promise<ReturnType<Git['getAPI']> | undefined> {
  const git = await vscode.extensions.getExtension<Git>('vscode.git')?.activate();
  return git?.getAPI(1);
}

/** The diff of a file against the last commit; empty if Git does not know the file. */
export async function diffOf(uri: vscode.Uri): Promise<string> {
  return (await (await openGit())?.getRepository(uri)?.diffWithHEAD(uri.fsPath)) ?? '';
}

/** The file as it was in the last commit, if it has been changed since; `undefined` if not, if it is new, or if there is no Git. */
export async function committedFile(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    const diff = await diffOf(uri);
    if (diff === '' || /^new file mode/m.test(diff.slice(0, diff.indexOf('@@')))) return undefined;
    return (await openGit())?.toGitUri(uri, 'HEAD');
  } catch {
    return undefined;
  }
}
