import * as vscode from 'vscode';
import { assertNever } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { joinParts } from '../text/displayNames.ts';
import { withoutIcons, withoutLinks } from '../text/plainText.ts';
import {
  type AnyPrompt,
  createInputGuard,
  hasLeft,
  holdPrompts,
  type InputGuard,
  keepOpen,
  showNext,
  untilTypingStops,
} from './heldPrompt.ts';
import { createPickKeys, skipLines } from './pickKeys.ts';
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

/** The delay after typing before a search starts, in milliseconds. */
const searchMs = 150;

/** Prompts of the editor. All text stays text: no links, no icons. They close only when the user closes them. */
export const vscodePrompts: Prompts = {
  async toast(level, text, buttons = []) {
    const items = buttons.map((title): vscode.MessageItem => ({ title }));
    return indexOf(items, await showToast(level, withoutLinks(text), items));
  },

  async confirm(title, detail, buttons) {
    // A modal dialog takes the focus at once, and Enter presses its button.
    const quiet = untilTypingStops();
    if (quiet !== undefined) await quiet;
    const items = buttons.map((button): vscode.MessageItem => ({ title: button }));
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

  input(options) {
    const box = vscode.window.createInputBox();
    prepareInput(box, options);
    return untilHidden<InputResult>(box, options, (end, store, guard) => {
      const accept = async (): Promise<void> => {
        const { value } = box;
        if (guard.refuses()) return;
        const problem = options.required !== undefined && value.trim() === '' ? options.required : await options.check?.(value);
        // The value changed while it was validated.
        if (box.value !== value) return;
        if (problem === undefined) end({ kind: 'accepted', value });
        else box.validationMessage = withoutLinks(problem);
      };
      store.add(box.onDidAccept(() => void accept()));
      store.add(
        box.onDidChangeValue((value) => {
          if (!guard.accepts(value)) return;
          box.validationMessage = undefined;
          options.typed?.(value);
        }),
      );
      return (how) => end({ ...how, value: box.value });
    });
  },

  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>> {
    const pick = createPick(items, options);
    const picked = [...pick.items];
    const lines = linesOf<T>(options);
    pick.items = [...picked, ...lines];
    if (options.guard !== undefined) pick.activeItems = [];
    return untilHidden<PickResult<T>>(pick, options, (end, store, guard) => {
      const take = (item: Item<T>): void => end({ kind: 'picked', value: item.value });
      const keys = createPickKeys(pick, (key) => {
        const item = picked[items.findIndex((each) => each.key === key)];
        if (item !== undefined) take(item);
      });
      store.add(keys);
      store.add(
        pick.onDidChangeValue((value) => {
          const isTooSoon = guard.isTooSoon();
          if (guard.accepts(value)) keys.typed(value, isTooSoon);
        }),
      );
      // A line is passed over by the arrows.
      if (lines.length > 0) store.add(skipLines(pick, picked));
      store.add(
        pick.onDidAccept(() => {
          const item = picked.find((each) => each === pick.selectedItems[0]);
          // An item that was not accepted must be selectable again.
          if (item === undefined || guard.isTooSoon()) pick.selectedItems = [];
          if (item !== undefined && !guard.refuses()) take(item);
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

      const load = async (after?: string): Promise<void> => {
        const own = (turn += 1);
        pick.busy = true;
        try {
          const part = await options.find(pick.value.trim(), after, () => own === turn);
          // The query changed meanwhile.
          if (own !== turn) return;
          // The search uses the whole text, of which the editor has only a part.
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

      void untilHidden<PickResult<T>>(pick, options, (end, store, guard) => {
        store.add(
          pick.onDidAccept(() => {
            const [item] = pick.selectedItems;
            if (item?.value !== undefined) end({ kind: 'picked', value: item.value });
            else if (next !== undefined) void load(next);
          }),
        );
        store.add(
          pick.onDidChangeValue((value) => {
            if (!guard.accepts(value)) return;
            // Results and continuation of the previous query are obsolete.
            turn += 1;
            next = undefined;
            clearTimeout(due);
            due = setTimeout(() => void load(), searchMs);
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
      void load();
    });
  },

  pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>> {
    const pick = createPick(items, options);
    pick.canSelectMany = true;
    pick.selectedItems = pick.items.filter((_, index) => items[index]?.ticked === true);
    return untilHidden<PickResult<readonly T[]>>(pick, options, (end, store, guard) => {
      store.add(pick.onDidChangeValue(guard.accepts));
      store.add(
        pick.onDidAccept(() => {
          const chosen = pick.selectedItems;
          if ((options.guard !== undefined && chosen.length === 0) || guard.refuses()) return;
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
  return items.map(({ label, description, detail, icon, key, value }) => ({
    label: `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}`,
    ...(description === undefined && key === undefined ? {} : { description: withoutIcons(joinParts([key, description])) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    alwaysShow,
    value,
  }));
}

/** Lines that are no items: without a value, and shown whatever is typed. */
function linesOf<T>({ lines = [] }: PickOptions): Item<T>[] {
  return lines.map((line) => ({ label: withoutIcons(line), alwaysShow: true, value: undefined as T }));
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

/** Shows the prompt until `end` is called or it is left. `listen` subscribes to it, and returns what turns leaving into a result. */
function untilHidden<R>(
  prompt: AnyPrompt,
  options: PromptOptions,
  listen: (end: (result: R) => void, store: { add(item: Disposable): void }, guard: InputGuard) => (how: NotPicked) => void,
): Promise<R> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const { value: kept } = prompt;
    let hasEnded = false;
    const end = (result: R, how: 'stays' | 'goes'): void => {
      if (hasEnded) return;
      hasEnded = true;
      resolve(result);
      if (how === 'stays') return keepOpen(prompt, store);
      store.dispose();
      prompt.dispose();
    };
    const buttons = buttonsOf(options);
    prompt.buttons = buttons;
    const follows = hasLeft() ? false : showNext(prompt);
    const guard = createInputGuard(prompt, { guard: options.guard, follows, kept }, store);
    let goes = false;
    const otherwise = listen((result) => end(result, goes ? 'goes' : 'stays'), store, guard);
    const leave = (how: NotPicked): void => {
      // After Escape, and when a page opens, the prompt does not stay.
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
    const onAbort = (): void => leave({ kind: 'aborted' });
    options.signal?.addEventListener('abort', onAbort);
    store.add({ dispose: () => options.signal?.removeEventListener('abort', onAbort) });
    if (hasLeft()) leave({ kind: 'dismissed' });
    else if (options.signal?.aborted === true) onAbort();
  });
}

function indexOf(items: readonly vscode.MessageItem[], chosen: vscode.MessageItem | undefined): number | undefined {
  return chosen === undefined ? undefined : items.indexOf(chosen);
}
