import * as vscode from 'vscode';

/** A text that the user changes in the editor. */
export interface Draft {
  /** What stands there now; `undefined` once its editor was closed. */
  text(): string | undefined;
}

/** Opens a text of Markdown that has no file, for the user to change. */
export async function openDraft(content: string): Promise<Draft> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
  return { text: () => (document.isClosed ? undefined : document.getText()) };
}
