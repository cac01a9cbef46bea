import * as vscode from 'vscode';
import { viewIds } from '../ids.ts';
import type { SettingsSource } from '../settings.ts';

/** Shows *Needs You*, as the setting says: as rows or as cards. It gets the keyboard. */
export async function showNeedsYou(settings: SettingsSource): Promise<void> {
  await vscode.commands.executeCommand(`${settings.value.needsYouView === 'cards' ? viewIds.inbox : viewIds.needsYou}.focus`);
}
