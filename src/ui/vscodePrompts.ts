import * as vscode from 'vscode';
import { assertNever } from '../util/errors.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import { withoutIcons, withoutLinks } from './plainText.ts';
import type { InputOptions, PickItem, PickOptions, PickResult, Prompts, Severity } from './prompts.ts';

const noteMs = 5_000;

/** The editor's own prompts. What is handed in stays text: no links, no icons. They end only when the person ends them. */
export const vscodePrompts: Prompts = {
  async toast(level, text, buttons = []) {
    const items = buttons.map((title): vscode.MessageItem => ({ title }));
    return indexOf(items, await showToast(level, withoutLinks(text), items));
  },

  async explain(title, detail, buttons) {
    const items = buttons.map((button): vscode.MessageItem => ({ title: button }));
    return indexOf(items, await vscode.window.showInformationMessage(title, { modal: true, detail }, ...items));
  },

  note(text) {
    vscode.window.setStatusBarMessage(withoutIcons(text), noteMs);
  },

  input(options) {
    const box = vscode.window.createInputBox();
    prepareInput(box, options);
    return untilHidden(box, (finish, store) => {
      const accept = async (): Promise<void> => {
        const { value } = box;
        const problem = options.required !== undefined && value.trim() === '' ? options.required : await options.check?.(value);
        if (problem === undefined) finish({ kind: 'accepted', value });
        else if (box.value === value) box.validationMessage = withoutLinks(problem);
      };
      store.add(box.onDidAccept(() => void accept()));
      store.add(box.onDidChangeValue(() => (box.validationMessage = undefined)));
      store.add(box.onDidTriggerButton(() => finish({ kind: 'button', value: box.value })));
      return () => ({ kind: 'dismissed', value: box.value });
    });
  },

  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>> {
    const pick = createPick(items, options);
    return untilHidden(pick, (finish, store) => {
      store.add(
        pick.onDidAccept(() => {
          const [item] = pick.selectedItems;
          if (item !== undefined) finish({ kind: 'picked', value: item.value });
        }),
      );
      store.add(pick.onDidTriggerButton(() => finish({ kind: 'button' })));
      return () => ({ kind: 'dismissed' });
    });
  },

  pickMany<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<readonly T[]>> {
    const pick = createPick(items, options);
    pick.canSelectMany = true;
    return untilHidden(pick, (finish, store) => {
      store.add(pick.onDidAccept(() => finish({ kind: 'picked', value: pick.selectedItems.map((item) => item.value) })));
      store.add(pick.onDidTriggerButton(() => finish({ kind: 'button' })));
      return () => ({ kind: 'dismissed' });
    });
  },
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

type Item<T> = vscode.QuickPickItem & { value: T };

function createPick<T>(items: readonly PickItem<T>[], options: PickOptions): vscode.QuickPick<Item<T>> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.buttons = buttonsOf(options);
  pick.items = items.map(({ label, description, detail, icon, value }) => ({
    label: `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}`,
    ...(description === undefined ? {} : { description: withoutIcons(description) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    value,
  }));
  return pick;
}

function prepareInput(box: vscode.InputBox, options: InputOptions): void {
  box.title = options.title;
  box.prompt = withoutLinks(options.prompt);
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.step = options.step?.at;
  box.totalSteps = options.step?.of;
  box.ignoreFocusOut = true;
  box.buttons = buttonsOf(options);
}

function buttonsOf({ button }: Pick<PickOptions, 'button'>): vscode.QuickInputButton[] {
  return button === undefined ? [] : [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip }];
}

/** Shows the prompt until `finish` is called or it goes away by itself; then the result is what `listen` returned says. */
function untilHidden<R>(
  prompt: vscode.QuickInput,
  listen: (finish: (result: R) => void, store: { add(item: Disposable): void }) => () => R,
): Promise<R> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const finish = (result: R): void => {
      resolve(result);
      store.dispose();
    };
    store.add(prompt);
    const whenHidden = listen(finish, store);
    store.add(prompt.onDidHide(() => finish(whenHidden())));
    prompt.show();
  });
}

function indexOf(items: readonly vscode.MessageItem[], chosen: vscode.MessageItem | undefined): number | undefined {
  return chosen === undefined ? undefined : items.indexOf(chosen);
}
