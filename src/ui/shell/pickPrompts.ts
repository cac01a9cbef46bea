import { createPick, type Item, itemsOf, linesOf } from './pickItems.ts';
import { createPickKeys, skipLines } from './pickKeys.ts';
import type { PickItem, PickManyOptions, PickOptions, PickResult } from './prompts.ts';
import { untilHidden } from './untilHidden.ts';

/** A list of which the user picks one item. */
export function pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>> {
  const [picked, lines] = [itemsOf(items), linesOf<T>(options)];
  const pick = createPick([...picked, ...lines], options);
  return untilHidden<PickResult<T>>(pick, options, (end, store, guard) => {
    const take = (item: Item<T>): void => end({ kind: 'picked', value: item.value });
    const press = (key: string): void => {
      const item = picked[items.findIndex((each) => each.key === key)];
      // The next key may have gone into a page.
      if (item !== undefined && !guard.isDeaf()) take(item);
    };
    const keys = items.some(({ key }) => key !== undefined) ? store.add(createPickKeys(pick, press)) : undefined;
    store.add(
      pick.onDidChangeValue((value) => {
        const isTooSoon = guard.isTooSoon();
        if (guard.accepts(value)) keys?.typed(value, isTooSoon);
      }),
    );
    // A line is passed over by the arrows.
    if (lines.length > 0) store.add(skipLines(pick, picked));
    store.add(
      pick.onDidAccept(() => {
        const item = picked.find((each) => each === pick.selectedItems[0]);
        // An item that was not accepted must be selectable again.
        if (item === undefined || guard.isTooSoon()) pick.selectedItems = [];
        if (!guard.refuses(item !== undefined) && item !== undefined) take(item);
      }),
    );
    return end;
  });
}

/** A list of which the user picks any number of items. */
export function pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>> {
  const pick = createPick(itemsOf(items), options);
  pick.canSelectMany = true;
  pick.selectedItems = pick.items.filter((_, index) => items[index]?.ticked === true);
  return untilHidden<PickResult<readonly T[]>>(pick, options, (end, store, guard) => {
    store.add(pick.onDidChangeValue(guard.accepts));
    store.add(
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems;
        const isChoice = options.guard === undefined || chosen.length > 0;
        if (guard.refuses(isChoice) || !isChoice) return;
        end({ kind: 'picked', value: chosen.map((item) => item.value) });
      }),
    );
    store.add(pick.onDidChangeSelection((chosen) => options.ticked?.(chosen.map((item) => item.value))));
    return end;
  });
}
