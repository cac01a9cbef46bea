import * as vscode from 'vscode';
import { withoutLinks } from '../text/plainText.ts';
import type { InputOptions, InputResult } from './prompts.ts';
import { untilHidden } from './untilHidden.ts';

/** A box in which the user writes. */
export function askInput(options: InputOptions): Promise<InputResult> {
  const box = vscode.window.createInputBox();
  prepareInput(box, options);
  return untilHidden<InputResult>(box, options, (end, store, guard) => {
    const accept = async (): Promise<void> => {
      const { value } = box;
      if (guard.refuses(true)) return;
      const problem = options.required !== undefined && value.trim() === '' ? options.required : await options.check?.(value);
      // The value changed while it was validated.
      if (box.value !== value) return;
      if (problem === undefined) end({ kind: 'accepted', value });
      else box.validationMessage = withoutLinks(problem);
    };
    store.add(box.onDidAccept(() => void accept()));
    store.add(
      box.onDidChangeValue((value) => {
        if (!guard.accepts(value)) return;
        box.validationMessage = undefined;
        options.typed?.(value);
      }),
    );
    return (how) => end({ ...how, value: box.value });
  });
}

function prepareInput(box: vscode.InputBox, options: InputOptions): void {
  box.title = options.title;
  box.prompt = withoutLinks(options.prompt);
  box.placeholder = options.placeholder;
  box.value = options.value;
  box.step = options.step?.at;
  box.totalSteps = options.step?.of;
  box.ignoreFocusOut = true;
}
