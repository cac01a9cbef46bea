import { createPick, type Item, itemsOf } from './pickItems.ts';
import type { PickResult, SearchOptions } from './prompts.ts';
import { untilHidden } from './untilHidden.ts';

/** The delay after typing before a search starts, in milliseconds. */
const searchMs = 150;

/** A list of what is found. */
export function search<T>(options: SearchOptions<T>): Promise<PickResult<T>> {
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
}
