import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../../util/lifecycle.ts';

// Between two prompts of a round the editor would have the focus for a moment, and keys would go into the open file or the next prompt. So
// a prompt that was answered stays visible, busy and ignoring input, until the next one replaces it; and the next one ignores input while
// the user is still typing.

/** How long a key may still be meant for what had the keyboard before, in milliseconds. */
export const strayMs = 400;

/** A quick pick or an input box. */
export type AnyPrompt = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & {
  buttons: readonly vscode.QuickInputButton[];
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

/** The answered prompt that stays visible. */
interface OpenPrompt {
  prompt: AnyPrompt;
  /** Closes it. */
  end(): void;
  /** When it was answered, and when the last key was typed. */
  since: number;
  lastKeyAt: number;
}

let holds = 0;
let open: OpenPrompt | undefined;
/** The user pressed Escape while no prompt was active. */
let isLeft = false;

/** Until the handle is disposed, an answered prompt stays until the next one replaces it. */
export function holdPrompts(): Disposable {
  if (holds === 0) isLeft = false;
  holds += 1;
  return toDisposable(() => {
    holds -= 1;
    if (holds > 0 || open === undefined) return;
    // The last prompt stays a moment longer, so that keys meant for it do not go into the file.
    const own = open;
    setTimeout(() => open === own && own.end(), Math.max(0, own.since + strayMs - performance.now()));
  });
}

/** Whether the user has left the round, so that no prompt is to follow. */
export function hasLeft(): boolean {
  return holds > 0 && isLeft;
}

/** Keeps an answered prompt visible if prompts are held, else closes it. `listening` is disposed. */
export function keepOpen(prompt: AnyPrompt, listening: Disposable): void {
  listening.dispose();
  if (holds === 0) {
    prompt.dispose();
    return;
  }
  const now = performance.now();
  const store = new DisposableStore();
  const own: OpenPrompt = {
    prompt,
    since: now,
    lastKeyAt: now,
    end() {
      if (open === own) open = undefined;
      store.dispose();
    },
  };
  open = own;
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
      if (open !== own) return;
      isLeft = holds > 0;
      own.end();
    }),
  );
}

/** Shows a prompt, replacing the one that stays. Returns whether there was one. */
export function showNext(prompt: AnyPrompt): boolean {
  const last = open;
  // The editor hides the old prompt when it shows another one, which must not count as Escape.
  open = undefined;
  prompt.show();
  last?.end();
  return last !== undefined;
}

/** Resolves when the user has stopped typing into the prompt that stays; `undefined` if there is none. */
export function untilTypingStops(): Promise<void> | undefined {
  const own = open;
  return own === undefined ? undefined : typingStops(() => (own === open ? own.lastKeyAt : undefined));
}

/** Resolves once nothing was typed for `strayMs`; `lastKeyAt` returns `undefined` to end the wait. */
export async function typingStops(lastKeyAt: () => number | undefined): Promise<void> {
  for (;;) {
    const before = lastKeyAt();
    if (before === undefined) return;
    const left = before + strayMs - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await roundTrip();
    if (lastKeyAt() === before && performance.now() >= before + strayMs) return;
  }
}

/** Resolves when the editor has reported all keys that were pressed until now. It may be busy and report late. */
export async function roundTrip(): Promise<void> {
  try {
    await vscode.commands.executeCommand('setContext', 'agentrq.listens', true);
  } catch {
    // Without a response there is nothing to wait for.
  }
}
