import * as vscode from 'vscode';
import { assertNever } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { withoutIcons, withoutLinks } from '../text/plainText.ts';
import { type AnyPrompt, createEar, type Ear, hasLeft, holdPrompts, rest, showNext, untilQuiet } from './heldPrompt.ts';
import type {
  InputOptions,
  InputResult,
  NotPicked,
  PickItem,
  PickManyOptions,
  PickOptions,
  PickResult,
  PromptOptions,
  Prompts,
  SearchOptions,
  Severity,
} from './prompts.ts';

const noteMs = 5_000;

/** What was typed is searched for when nothing more is typed for this long. */
const searchMs = 150;

/** The editor's own prompts. What is handed in stays text: no links, no icons. They end only when the person ends them. */
export const vscodePrompts: Prompts = {
  async toast(level, text, buttons = []) {
    const items = buttons.map((title): vscode.MessageItem => ({ title }));
    return indexOf(items, await showToast(level, withoutLinks(text), items));
  },

  async explain(title, detail, buttons) {
    // A dialog has the keyboard at once, and its button is what Enter presses.
    const quiet = untilQuiet();
    if (quiet !== undefined) await quiet;
    const items = buttons.map((button): vscode.MessageItem => ({ title: button }));
    return indexOf(items, await vscode.window.showInformationMessage(title, { modal: true, detail }, ...items));
  },

  note(text) {
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

  input(options) {
    const box = vscode.window.createInputBox();
    prepareInput(box, options);
    return untilHidden<InputResult>(box, options, (end, store, ear) => {
      const accept = async (): Promise<void> => {
        const { value } = box;
        if (ear.isStray()) return;
        const problem = options.required !== undefined && value.trim() === '' ? options.required : await options.check?.(value);
        // Something else was typed while it was being checked.
        if (box.value !== value) return;
        if (problem === undefined) end({ kind: 'accepted', value });
        else box.validationMessage = withoutLinks(problem);
      };
      store.add(box.onDidAccept(() => void accept()));
      store.add(
        box.onDidChangeValue((value) => {
          if (!ear.hears(value)) return;
          box.validationMessage = undefined;
          options.typed?.(value);
        }),
      );
      return (how) => end({ ...how, value: box.value });
    });
  },

  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>> {
    const pick = createPick(items, options);
    return untilHidden<PickResult<T>>(pick, options, (end, store, ear) => {
      store.add(pick.onDidChangeValue(ear.hears));
      store.add(
        pick.onDidAccept(() => {
          const [item] = pick.selectedItems;
          if (item === undefined) return;
          // What was not taken must be free to be picked again.
          if (ear.isStray()) pick.selectedItems = [];
          else end({ kind: 'picked', value: item.value });
        }),
      );
      return end;
    });
  },

  search<T>(options: SearchOptions<T>): Promise<PickResult<T>> {
    const pick = createPick<T | undefined>([], options);
    return new Promise((resolve, reject) => {
      let found: Item<T | undefined>[] = [];
      let next: string | undefined;
      let turn = 0;
      let due: NodeJS.Timeout | undefined;

      const look = async (after?: string): Promise<void> => {
        const own = (turn += 1);
        pick.busy = true;
        try {
          const part = await options.find(pick.value.trim(), after, () => own === turn);
          // Something else was typed meanwhile.
          if (own !== turn) return;
          // It was found by its whole text, of which the editor sees a part.
          const fresh = itemsOf(part.items, true);
          found = after === undefined ? fresh : [...found, ...fresh];
          next = part.next;
          const last = next === undefined ? [] : [{ label: options.more, icon: 'chevron-down', value: undefined }];
          pick.keepScrollPosition = after !== undefined;
          pick.items = [...found, ...itemsOf(found.length === 0 ? [{ label: options.nothing, value: undefined }] : last, true)];
          const [first] = fresh;
          if (after !== undefined && first !== undefined) pick.activeItems = [first];
          pick.busy = false;
        } catch (error) {
          if (own !== turn) return;
          reject(error);
          pick.hide();
        }
      };

      void untilHidden<PickResult<T>>(pick, options, (end, store, ear) => {
        store.add(
          pick.onDidAccept(() => {
            const [item] = pick.selectedItems;
            if (item?.value !== undefined) end({ kind: 'picked', value: item.value });
            else if (next !== undefined) void look(next);
          }),
        );
        store.add(
          pick.onDidChangeValue((value) => {
            if (!ear.hears(value)) return;
            // What is found for the text before, and where that goes on, is no longer wanted.
            turn += 1;
            next = undefined;
            clearTimeout(due);
            due = setTimeout(() => void look(), searchMs);
          }),
        );
        store.add({
          dispose() {
            turn += 1;
            clearTimeout(due);
          },
        });
        return end;
      }).then(resolve, reject);
      void look();
    });
  },

  pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>> {
    const pick = createPick(items, options);
    pick.canSelectMany = true;
    pick.selectedItems = pick.items.filter((_, index) => items[index]?.ticked === true);
    return untilHidden<PickResult<readonly T[]>>(pick, options, (end, store, ear) => {
      store.add(pick.onDidChangeValue(ear.hears));
      store.add(
        pick.onDidAccept(() => {
          const chosen = pick.selectedItems;
          if (ear.isStray() || (options.guard !== undefined && chosen.length === 0)) return;
          end({ kind: 'picked', value: chosen.map((item) => item.value) });
        }),
      );
      store.add(pick.onDidChangeSelection((chosen) => options.ticked?.(chosen.map((item) => item.value))));
      return end;
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
  pick.items = itemsOf(items);
  if (options.guard !== undefined) pick.activeItems = [];
  return pick;
}

function itemsOf<T>(items: readonly PickItem<T>[], alwaysShow = false): Item<T>[] {
  return items.map(({ label, description, detail, icon, value }) => ({
    label: `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}`,
    ...(description === undefined ? {} : { description: withoutIcons(description) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    alwaysShow,
    value,
  }));
}

function prepareInput(box: vscode.InputBox, options: InputOptions): void {
  box.title = options.title;
  box.prompt = withoutLinks(options.prompt);
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.step = options.step?.at;
  box.totalSteps = options.step?.of;
  box.ignoreFocusOut = true;
}

function buttonsOf({ buttons = [] }: PromptOptions): vscode.QuickInputButton[] {
  return buttons.map(({ id, icon, tooltip }) =>
    id === 'back' ? vscode.QuickInputButtons.Back : { iconPath: new vscode.ThemeIcon(icon), tooltip },
  );
}

/** Shows the prompt until it is ended, by `end` or otherwise: that is what `listen` returns for. */
function untilHidden<R>(
  prompt: AnyPrompt,
  options: PromptOptions,
  listen: (end: (result: R) => void, store: { add(item: Disposable): void }, ear: Ear) => (how: NotPicked) => void,
): Promise<R> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const { value: kept } = prompt;
    let hasEnded = false;
    const end = (result: R, how: 'stays' | 'goes'): void => {
      if (hasEnded) return;
      hasEnded = true;
      resolve(result);
      if (how === 'stays') return rest(prompt, store);
      store.dispose();
      prompt.dispose();
    };
    const buttons = buttonsOf(options);
    prompt.buttons = buttons;
    const follows = hasLeft() ? false : showNext(prompt);
    const ear = createEar(prompt, { guard: options.guard, follows, kept }, store);
    let goes = false;
    const otherwise = listen((result) => end(result, goes ? 'goes' : 'stays'), store, ear);
    const leave = (how: NotPicked): void => {
      // After Escape nothing is left of it, and a page that is opened has the keyboard.
      goes = how.kind === 'dismissed' || (how.kind === 'button' && how.id === 'open');
      otherwise(how);
    };
    store.add(
      prompt.onDidTriggerButton((pressed) => {
        const button = options.buttons?.[buttons.indexOf(pressed)];
        if (button !== undefined) leave({ kind: 'button', id: button.id });
      }),
    );
    store.add(prompt.onDidHide(() => leave({ kind: 'dismissed' })));
    const onGone = (): void => leave({ kind: 'gone' });
    options.gone?.addEventListener('abort', onGone);
    store.add({ dispose: () => options.gone?.removeEventListener('abort', onGone) });
    if (hasLeft()) leave({ kind: 'dismissed' });
    else if (options.gone?.aborted === true) onGone();
  });
}

function indexOf(items: readonly vscode.MessageItem[], chosen: vscode.MessageItem | undefined): number | undefined {
  return chosen === undefined ? undefined : items.indexOf(chosen);
}
