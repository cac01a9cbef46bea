import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../../util/lifecycle.ts';

// Between two prompts of a round the editor would have the keyboard back for a moment, and what the user types on would go into the open
// file, and from there into the next prompt. So the last prompt stays on the screen, busy and deaf, until the next one takes its place; and
// the next one is deaf as well as long as the user types on.

/** As long as a key may still be meant for what was there before the prompt. */
const strayMs = 400;

/** A list or a box. */
export type AnyPrompt = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & {
  buttons: readonly vscode.QuickInputButton[];
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

/** The prompt that stays between two. */
interface Resting {
  prompt: AnyPrompt;
  /** Ends it, and with it what it heard. */
  end(): void;
  /** When something was chosen in it, and when a key came last. */
  since: number;
  lastKeyAt: number;
}

let holds = 0;
let resting: Resting | undefined;
/** The user has left by Escape while no prompt was there to hear it. */
let isLeft = false;

/** From now on a prompt that was answered stays until the next one comes, or until the handle is disposed. */
export function holdPrompts(): Disposable {
  if (holds === 0) isLeft = false;
  holds += 1;
  return toDisposable(() => {
    holds -= 1;
    if (holds > 0 || resting === undefined) return;
    // A key or two after the last choice were meant for it, and not for the file behind it.
    const own = resting;
    setTimeout(() => resting === own && own.end(), Math.max(0, own.since + strayMs - performance.now()));
  });
}

/** Whether the user has left what is held, so that nothing more is to be asked. */
export function hasLeft(): boolean {
  return holds > 0 && isLeft;
}

/** Lets a prompt that was answered stay, if prompts are held; otherwise it ends. `listening` is what it has heard with until now. */
export function rest(prompt: AnyPrompt, listening: Disposable): void {
  listening.dispose();
  if (holds === 0) {
    prompt.dispose();
    return;
  }
  const now = performance.now();
  const store = new DisposableStore();
  const own: Resting = {
    prompt,
    since: now,
    lastKeyAt: now,
    end() {
      if (resting === own) resting = undefined;
      store.dispose();
    },
  };
  resting = own;
  prompt.busy = true;
  prompt.buttons = [];
  prompt.value = '';
  store.add(prompt);
  store.add(
    prompt.onDidChangeValue((value) => {
      if (value === '') return;
      own.lastKeyAt = performance.now();
      prompt.value = '';
    }),
  );
  store.add(prompt.onDidAccept(() => (own.lastKeyAt = performance.now())));
  store.add(
    prompt.onDidHide(() => {
      if (resting !== own) return;
      isLeft = holds > 0;
      own.end();
    }),
  );
}

/** Shows a prompt in the place of the one that stays, if one does. Says whether one did. */
export function showNext(prompt: AnyPrompt): boolean {
  const last = resting;
  // The editor hides what was there when something else is shown: that is not the user, who leaves.
  resting = undefined;
  prompt.show();
  last?.end();
  return last !== undefined;
}

/** When the user has stopped typing into the prompt that stays; `undefined` if there is none. */
export function untilQuiet(): Promise<void> | undefined {
  const own = resting;
  return own === undefined ? undefined : quiet(() => (own === resting ? own.lastKeyAt : undefined));
}

/** Resolves once nothing was typed for a moment; `lastKeyAt` is `undefined` when that doesn't matter any more. */
async function quiet(lastKeyAt: () => number | undefined): Promise<void> {
  for (;;) {
    const before = lastKeyAt();
    if (before === undefined) return;
    const left = before + strayMs - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await roundTrip();
    if (lastKeyAt() === before && performance.now() >= before + strayMs) return;
  }
}

/** Resolves when the editor has told of every key that was pressed until now: it may be busy, and tell late. */
async function roundTrip(): Promise<void> {
  try {
    await vscode.commands.executeCommand('setContext', 'agentrq.listens', true);
  } catch {
    // It can't be asked, so there is nothing to wait for.
  }
}

/** Tells what is meant for a prompt from what the user still types for the one before. */
export interface Ear {
  /** What stands in the prompt now: whether it was meant for it. What was not is taken out again. */
  hears(value: string): boolean;
  /** Whether Enter, or a click, comes too soon. */
  isStray(): boolean;
}

/**
 * @param follows it took the place of another prompt: it is deaf until nothing was typed for a moment
 * @param kept what stands in it until then
 */
export function createEar(
  prompt: AnyPrompt,
  options: { guard: 'opening' | 'typing' | undefined; follows: boolean; kept: string },
  store: { add(item: Disposable): unknown },
): Ear {
  const { guard, kept } = options;
  let since = performance.now();
  let isShown = false;
  let isDeaf = options.follows;
  let isGone = false;
  let hasSearched = false;
  store.add({ dispose: () => (isGone = true) });

  async function listen(): Promise<void> {
    await roundTrip();
    isShown = true;
    since = performance.now();
    if (!isDeaf) return;
    await quiet(() => (isGone ? undefined : since));
    isDeaf = false;
    if (isGone) return;
    prompt.busy = false;
    // What was typed has searched the list, and made its first item the one that Enter takes.
    if (hasSearched && guard !== undefined && 'activeItems' in prompt) prompt.activeItems = [];
  }

  if (isDeaf) prompt.busy = true;
  if (isDeaf || guard !== undefined) void listen();
  return {
    hears(value) {
      if (!isDeaf) {
        if (guard === 'typing') since = performance.now();
        return true;
      }
      if (value !== kept) {
        since = performance.now();
        hasSearched = true;
        prompt.value = kept;
      }
      return false;
    },
    isStray() {
      return isDeaf || (guard !== undefined && (!isShown || performance.now() - since < strayMs));
    },
  };
}
