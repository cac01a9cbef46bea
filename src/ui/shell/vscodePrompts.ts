import * as vscode from 'vscode';
import { assertNever } from '../../util/errors.ts';
import { withoutIcons, withoutLinks } from '../text/plainText.ts';
import { holdPrompts, untilTypingStops } from './heldPrompt.ts';
import { askInput } from './inputPrompt.ts';
import { pickMany, pickOne } from './pickPrompts.ts';
import type { Prompts, Severity } from './prompts.ts';
import { search } from './searchPrompt.ts';

const noteMs = 5_000;

/** Prompts of the editor. All text stays text: no links, no icons. They close only when the user closes them. */
export const vscodePrompts: Prompts = {
  async toast(level, text, buttons = []) {
    const items = buttons.map((title): vscode.MessageItem => ({ title }));
    return indexOf(items, await showToast(level, withoutLinks(text), items));
  },

  async confirm(title, detail, buttons, closing) {
    // A modal dialog takes the focus at once, and Enter presses its button.
    const quiet = untilTypingStops();
    if (quiet !== undefined) await quiet;
    const items = buttons.map((button, index): vscode.MessageItem => ({ title: button, isCloseAffordance: index === closing }));
    return indexOf(items, await vscode.window.showInformationMessage(title, { modal: true, detail }, ...items));
  },

  showStatus(text) {
    vscode.window.setStatusBarMessage(withoutIcons(text), noteMs);
  },

  offer(text, tooltip, command) {
    const item = vscode.window.createStatusBarItem(command, vscode.StatusBarAlignment.Left);
    item.name = 'AgentRQ';
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: tooltip };
    item.command = command;
    item.show();
    return item;
  },

  hold: holdPrompts,

  input: askInput,
  pickOne,
  search,
  pickMany,
};

function showToast(level: Severity, text: string, items: readonly vscode.MessageItem[]): Thenable<vscode.MessageItem | undefined> {
  switch (level) {
    case 'info':
      return vscode.window.showInformationMessage(text, ...items);
    case 'warning':
      return vscode.window.showWarningMessage(text, ...items);
    case 'error':
      return vscode.window.showErrorMessage(text, ...items);
    default:
      return assertNever(level);
  }
}

function indexOf(items: readonly vscode.MessageItem[], chosen: vscode.MessageItem | undefined): number | undefined {
  return chosen === undefined ? undefined : items.indexOf(chosen);
}
