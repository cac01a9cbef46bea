import * as vscode from 'vscode';
import { joinParts } from '../text/displayNames.ts';
import { withoutIcons } from '../text/plainText.ts';
import type { PickItem, PickOptions, PromptOptions } from './prompts.ts';

/** An item of the editor's, with its value. */
export type Item<T> = vscode.QuickPickItem & { value: T };

/** A list that is not shown yet. */
export function createPick<T>(items: readonly Item<T>[], options: PickOptions): vscode.QuickPick<Item<T>> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = items;
  if (options.guard !== undefined) pick.activeItems = [];
  return pick;
}

/** Items as the editor shows them. @param alwaysShow whatever is typed */
export function itemsOf<T>(items: readonly PickItem<T>[], alwaysShow = false): Item<T>[] {
  return items.map(({ label, description, detail, icon, key, value }) => ({
    label: `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}`,
    ...(description === undefined && key === undefined ? {} : { description: withoutIcons(joinParts([key, description])) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    alwaysShow,
    value,
  }));
}

/** Lines that are no items: without a value, and shown whatever is typed. */
export function linesOf<T>({ lines = [] }: PickOptions): Item<T>[] {
  return lines.map((line) => ({ label: withoutIcons(line), alwaysShow: true, value: undefined as T }));
}

/** The buttons of the editor's. */
export function buttonsOf({ buttons = [] }: Pick<PromptOptions, 'buttons'>): vscode.QuickInputButton[] {
  return buttons.map(({ id, icon, tooltip }) =>
    id === 'back' ? vscode.QuickInputButtons.Back : { iconPath: new vscode.ThemeIcon(icon), tooltip },
  );
}
