import * as vscode from 'vscode';

/** Lets the user pick a file with one of these extensions and returns its text; `undefined` if they pick none. */
export async function readPickedFile(endings: readonly string[]): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, filters: { JSON: [...endings] } })) ?? [];
  return uri === undefined ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Lets the user choose where to save `text`, with `name` proposed. Returns `false` if they cancel. */
export async function savePickedFile(name: string, text: string): Promise<boolean> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uri = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) });
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri !== undefined;
}
