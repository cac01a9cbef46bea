import * as vscode from 'vscode';
import { waitFor } from '../../support/waitFor.ts';

/** Waits until the tab with this title is in front. */
export async function waitForTab(title: string): Promise<void> {
  await waitFor(`the tab “${title}” in front`, () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === title);
}
