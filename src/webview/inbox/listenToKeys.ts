import { aloneMs, type KeyState, noKeys, takeAlone, takeKey } from './keys.ts';

/** What keys act on. */
export interface KeyTarget {
  target(): string | undefined;
  go(by: number): void;
  end(last: boolean): void;
  close(): void;
  /** The key has stood alone. */
  decide(key: string): void;
}

/** Hears the keys of the page. */
export function listenToKeys(page: KeyTarget): void {
  let state: KeyState = noKeys;

  /** A key that was pressed meanwhile is heard first. */
  function wait(): void {
    setTimeout(() => setTimeout(alone), aloneMs);
  }

  function alone(): void {
    if (state.waiting !== undefined && performance.now() - state.waiting.at < aloneMs) return wait();
    const taken = takeAlone(state, performance.now(), document.hasFocus() && !isBox(document.activeElement) ? page.target() : undefined);
    state = taken.state;
    if (taken.key !== undefined) page.decide(taken.key);
  }

  document.addEventListener(
    'keydown',
    (event) => {
      const taken = takeKey(state, {
        key: event.key,
        at: event.timeStamp,
        modified: event.ctrlKey || event.altKey || event.metaKey,
        repeat: event.repeat,
        inBox: isBox(event.target) && event.key !== 'Escape',
        target: page.target(),
      });
      state = taken.state;
      if (state.waiting !== undefined) wait();
      const { action } = taken;
      // An arrow inside of a card scrolls what stands there.
      if (action === undefined || (event.key.length > 1 && action.kind !== 'close' && !isTop(event.target))) {
        if (action?.kind === 'swallow') event.preventDefault();
        return;
      }
      event.preventDefault();
      if (action.kind === 'go') page.go(action.by);
      else if (action.kind === 'end') page.end(action.last);
      else if (action.kind === 'close') page.close();
    },
    { capture: true },
  );
}

function isBox(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !/^(?:checkbox|radio)$/.test(target.type));
}

function isTop(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.classList.contains('top') || target === document.body);
}
