import * as vscode from 'vscode';
import type { OpenTerminal } from './agentTerminal.ts';

/** A text that the user edits. */
export interface Draft {
  /** The present text; `undefined` once its editor was closed. */
  text(): string | undefined;
}

/** Opens an untitled Markdown document for the user to edit. */
export async function openDraft(content: string): Promise<Draft> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
  return { text: () => (document.isClosed ? undefined : document.getText()) };
}

/** The terminals of this window whose shell has started. */
export async function openTerminals(): Promise<OpenTerminal[]> {
  const all = vscode.window.terminals.map(async (terminal) => ({ pid: await terminal.processId, show: () => terminal.show() }));
  return (await Promise.all(all)).flatMap(({ pid, show }) => (pid === undefined ? [] : [{ pid, show }]));
}
