// Which keys mean something in the inbox. A key that decides has to stand alone: what comes within 300 ms before or after it makes it typing,
// and typing does nothing. Pure, so that histories of keys can be tried.

/** How long a key stands alone before it is taken. Milliseconds. */
export const aloneMs = 300;

/** A key that was pressed. */
export interface KeyPress {
  readonly key: string;
  /** Milliseconds. */
  readonly at: number;
  /** Ctrl, Alt or Cmd is held. */
  readonly modified: boolean;
  /** The key is held down. */
  readonly repeat: boolean;
  /** A box has the keyboard, so the key is written into it. */
  readonly inBox: boolean;
  /**
   * What a key would be for now: the card that is open and wholly in view, or the list if no card is open, as they were drawn last;
   * `undefined` while it has only just come.
   */
  readonly target: string | undefined;
}

export interface KeyState {
  /** When something was last typed. */
  readonly typedAt: number;
  /** A key that is taken if it stays alone. */
  readonly waiting: { readonly key: string; readonly at: number; readonly target: string } | undefined;
}

/** What a key does at once. */
export type InboxKeyAction =
  | { kind: 'go'; by: number }
  | { kind: 'end'; last: boolean }
  | { kind: 'close' }
  /** It is typing, so the button that has the keyboard must not take it. */
  | { kind: 'swallow' };

export const noKeys: KeyState = { typedAt: Number.NEGATIVE_INFINITY, waiting: undefined };

const moves: Readonly<Record<string, InboxKeyAction>> = {
  j: { kind: 'go', by: 1 },
  k: { kind: 'go', by: -1 },
  ArrowDown: { kind: 'go', by: 1 },
  ArrowUp: { kind: 'go', by: -1 },
  PageDown: { kind: 'go', by: 5 },
  PageUp: { kind: 'go', by: -5 },
  Home: { kind: 'end', last: false },
  End: { kind: 'end', last: true },
  Escape: { kind: 'close' },
};

/** Takes a key; one that waits is taken by `takeAlone` when its time has come. */
export function takeKey(state: KeyState, press: KeyPress): { state: KeyState; action?: InboxKeyAction } {
  const { key, at, modified, repeat, inBox, target } = press;
  const printable = isPrintable(key);
  // A chord is no typing, but what waits was not alone.
  if (modified) return { state: { ...state, waiting: undefined } };
  const isTyping = at - state.typedAt < aloneMs;
  if (!printable && key !== 'Enter') return { state: { ...state, waiting: undefined }, ...(!inBox && actionOf(key)) };
  const next: KeyState = { typedAt: printable ? at : state.typedAt, waiting: undefined };
  if (inBox) return { state: next };
  if (key === ' ' || key === 'Enter') return { state: next, ...(isTyping && { action: { kind: 'swallow' } }) };
  const isMove = key === 'j' || key === 'k';
  if (isMove) return { state: next, ...actionOf(key) };
  const waits = target !== undefined && !isTyping && !repeat && isDecisive(key);
  return { state: waits ? { ...next, waiting: { key, at, target } } : next };
}

/** Takes the key that waits if it has stood alone, and what it was for is still there. */
export function takeAlone(state: KeyState, at: number, target: string | undefined): { state: KeyState; key?: string } {
  const { waiting } = state;
  if (waiting === undefined || at - waiting.at < aloneMs) return { state };
  return { state: { ...state, waiting: undefined }, ...(waiting.target === target && { key: waiting.key }) };
}

/** Whether a key writes something; the others have names. What is composed of several keys writes as well. */
export function isPrintable(key: string): boolean {
  return key === 'Dead' || key === 'Process' || !/^[A-Z][A-Za-z\d]+$/.test(key);
}

/** 1 to 9 choose, `a` allows, `d` denies, `r` writes, `s` snoozes, `u` takes back. */
function isDecisive(key: string): boolean {
  return /^[1-9adrsu]$/.test(key);
}

function actionOf(key: string): { action?: InboxKeyAction } {
  const action = moves[key];
  return action === undefined ? {} : { action };
}
