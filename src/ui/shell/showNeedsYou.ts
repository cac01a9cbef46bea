import * as vscode from 'vscode';
import { viewIds } from '../ids.ts';

/** Shows *Needs You*. It gets the keyboard. */
export async function showNeedsYou(): Promise<void> {
  await vscode.commands.executeCommand(`${viewIds.inbox}.focus`);
}
