import * as vscode from 'vscode';
import type { PagePlace } from './pageKeyboard.ts';
import { showNeedsYou } from './showNeedsYou.ts';

/** Gives the keyboard back to the page from which it was fetched: the user had pressed into that page just before. */
export async function giveKeyboardBack(place: PagePlace): Promise<void> {
  await (place === 'view' ? showNeedsYou() : vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
}
