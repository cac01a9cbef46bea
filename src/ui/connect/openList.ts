import { DisposableStore } from '../../util/lifecycle.ts';
import { buttonsOf, createPick, type Item, itemsOf } from '../shell/pickItems.ts';
import type { ListOptions, OpenList } from './api.ts';

/** A list whose rows change while it is shown. It decides nothing, so it takes keys from its first moment. */
export function openList(options: ListOptions): OpenList {
  const pick = createPick<string>([], { title: '', placeholder: '' });
  const store = new DisposableStore();
  const buttons = buttonsOf(options);
  let looksAt: string | undefined;
  pick.buttons = buttons;
  // Rows come and go above and below what the user reads.
  pick.keepScrollPosition = true;
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
      const id = active === looksAt ? pick.activeItems[0]?.value : active;
      looksAt = active;
      const next: readonly Item<string>[] = itemsOf(items);
      if (JSON.stringify(next) === JSON.stringify(pick.items)) return;
      pick.items = next;
      const item = next.find(({ value }) => value === id);
      if (item !== undefined) pick.activeItems = [item];
    },
    dispose: close,
  };
}
