import { DisposableStore } from '../../util/lifecycle.ts';
import { buttonsOf, createPick, type Item, itemsOf } from '../shell/pickItems.ts';
import type { ListOptions, OpenList } from './api.ts';

/** How long after rows have come the editor may still say that the first of them is the active one. Milliseconds. */
const settledMs = 400;

/** A list whose rows change while it is shown. It decides nothing, so it takes keys from its first moment. */
export function openList(options: ListOptions): OpenList {
  const pick = createPick<string>([], { title: '', placeholder: '' });
  const store = new DisposableStore();
  const buttons = buttonsOf(options);
  let looksAt: string | undefined;
  /** The row that the user is on, and when rows came last. */
  let [at, cameAt]: [string | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  pick.buttons = buttons;
  // Rows come and go above and below what the user reads.
  pick.keepScrollPosition = true;
  store.add(
    pick.onDidChangeActive(([item]) => {
      const isReset = item === pick.items[0] && performance.now() - cameAt < settledMs;
      if (item !== undefined && !isReset) at = item.value;
    }),
  );
  store.add(
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // The same row must be selectable again.
      pick.selectedItems = [];
      if (item !== undefined) options.picked(item.value);
    }),
  );
  store.add(
    pick.onDidTriggerButton((pressed) => {
      const button = options.buttons[buttons.indexOf(pressed)];
      if (button !== undefined) options.pressed(button.id);
    }),
  );
  store.add(
    pick.onDidHide(() => {
      close();
      options.hidden();
    }),
  );
  pick.show();

  function close(): void {
    store.dispose();
    pick.dispose();
  }

  return {
    update({ title, placeholder, items, active, isBusy }) {
      pick.title = title;
      pick.placeholder = placeholder;
      pick.busy = isBusy;
      const isNew = active !== undefined && active !== looksAt;
      if (isNew) at = active;
      looksAt = active;
      const next: readonly Item<string>[] = itemsOf(items);
      const isSame = JSON.stringify(next) === JSON.stringify(pick.items);
      if (isSame && !isNew) return;
      if (!isSame) [pick.items, cameAt] = [next, performance.now()];
      const item = pick.items.find(({ value }) => value === at);
      if (item !== undefined) pick.activeItems = [item];
    },
    dispose: close,
  };
}
