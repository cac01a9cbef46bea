import * as vscode from 'vscode';

/** Lets the person pick a JSON file; its text, or `undefined` if they pick none. */
export async function readPickedFile(): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, filters: { JSON: ['json'] } })) ?? [];
  return uri === undefined ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
