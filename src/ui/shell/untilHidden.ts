import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { type AnyPrompt, hasLeft, keepOpen, showNext } from './heldPrompt.ts';
import { createInputGuard, type InputGuard } from './inputGuard.ts';
import { keepKeyboard } from './keepKeyboard.ts';
import { buttonsOf } from './pickItems.ts';
import type { NotPicked, PromptOptions } from './prompts.ts';

/** Shows the prompt until `end` is called or it is left. `listen` subscribes to it, and returns what turns leaving into a result. */
export function untilHidden<R>(
  prompt: AnyPrompt,
  options: PromptOptions,
  listen: (end: (result: R) => void, store: { add<T extends Disposable>(item: T): T }, guard: InputGuard) => (how: NotPicked) => void,
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
    store.add(keepKeyboard(guard));
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
