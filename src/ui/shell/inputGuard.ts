import * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle.ts';
import { joinParts } from '../text/displayNames.ts';
import { type AnyPrompt, roundTrip, strayMs, typingStops } from './heldPrompt.ts';

/** Tells input for this prompt from input for what had the keyboard before: another prompt, or a page. */
export interface InputGuard {
  /** Whether what is accepted decides something. */
  readonly decides: boolean;
  /** Whether the present value was meant for this prompt. If not, it is reverted. */
  accepts(value: string): boolean;
  /** Whether Enter or a click comes too soon to be meant for this prompt. */
  isTooSoon(): boolean;
  /**
   * The same, when it was pressed. The title then says that Enter was held back, until something is typed.
   * @param isChoice whether it would have decided something
   */
  refuses(isChoice: boolean): boolean;
  /** Whether input is ignored until nothing was typed for a moment. */
  isDeaf(): boolean;
  /** A page has the keyboard: a prompt that decides ignores input until nothing was typed for a moment, there or here. */
  isAway(): void;
  /** The page has it no longer. */
  isBack(): void;
}

/**
 * @param options.follows it replaced another prompt, so it ignores input until nothing was typed for a moment
 * @param options.kept its value until then
 */
export function createInputGuard(
  prompt: AnyPrompt,
  options: { guard: 'opening' | 'typing' | undefined; follows: boolean; kept: string },
  store: { add(item: Disposable): unknown },
): InputGuard {
  const { guard } = options;
  const decides = guard !== undefined;
  let { kept } = options;
  let since = performance.now();
  let isShown = false;
  let isDeaf = options.follows;
  let isAway = false;
  let isWaiting = false;
  let isDisposed = false;
  let hasSearched = false;
  store.add({ dispose: () => (isDisposed = true) });

  async function open(): Promise<void> {
    await roundTrip();
    isShown = true;
    since = performance.now();
    if (isDeaf) await waitForQuiet();
  }

  /** Listens again once nothing was typed for a moment. */
  async function waitForQuiet(): Promise<void> {
    if (isWaiting) return;
    isWaiting = true;
    await typingStops(() => (isDisposed ? undefined : since));
    [isWaiting, isDeaf] = [false, false];
    if (isDisposed) return;
    prompt.busy = false;
    // The typed text has filtered the list and activated its first item, which Enter would pick.
    if (!hasSearched || !decides || !('activeItems' in prompt)) return;
    prompt.activeItems = [];
    // Nothing is left that another Enter would take, but for what is ticked.
    if (!prompt.canSelectMany) mark(false);
  }

  function ignoreInput(): void {
    since = performance.now();
    if (!decides || isDeaf) return;
    [isDeaf, kept] = [true, prompt.value];
    hasSearched ||= kept !== '';
    prompt.busy = true;
    void waitForQuiet();
  }

  const title = prompt.title;
  let isMarked = false;
  const mark = (refused: boolean): void => {
    if (refused !== isMarked) prompt.title = refused ? joinParts([title, vscode.l10n.t('Press Enter once more')]) : title;
    isMarked = refused;
  };
  const isTooSoon = (): boolean => isDeaf || (decides && (!isShown || performance.now() - since < strayMs));

  if (isDeaf) prompt.busy = true;
  if (isDeaf || decides) void open();
  return {
    decides,
    accepts(value) {
      mark(false);
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
    isTooSoon,
    refuses(isChoice) {
      const refused = isTooSoon();
      // It was typed as well.
      if (isDeaf) since = performance.now();
      if (isChoice) mark(refused);
      return refused;
    },
    isDeaf: () => isDeaf,
    isAway() {
      isAway = true;
      ignoreInput();
    },
    isBack() {
      // What was typed until now may have gone there, however long it took.
      if (isAway || isDeaf) ignoreInput();
      isAway = false;
    },
  };
}
