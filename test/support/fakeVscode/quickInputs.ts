import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { EventEmitter } from './values.ts';

const onScreen = new Set<FakeQuickInput>();

/** The user leaves whatever prompt is there. */
export function leavePrompts(): void {
  for (const prompt of onScreen) prompt.hide();
}

/** What prompts have in common, and what the user does with any of them. */
class FakeQuickInput implements vscode.QuickInput {
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  enabled = true;
  busy = false;
  ignoreFocusOut = false;
  value = '';
  placeholder: string | undefined;
  buttons: readonly vscode.QuickInputButton[] = [];
  visible = false;
  disposed = false;
  readonly #changed = new EventEmitter<string>();
  readonly #triggered = new EventEmitter<vscode.QuickInputButton>();
  readonly #hidden = new EventEmitter<void>();
  protected readonly accepted = new EventEmitter<void>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidTriggerButton = this.#triggered.event;
  readonly onDidHide = this.#hidden.event;

  /** Only one is on the screen: what was there is hidden. */
  show(): void {
    for (const other of onScreen) if (other !== this) other.hide();
    onScreen.add(this);
    this.visible = true;
  }

  /** Also what Escape does. */
  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    onScreen.delete(this);
    this.#hidden.fire();
  }

  dispose(): void {
    this.disposed = true;
    this.hide();
  }

  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    assert.ok(button, `there is a button ${tooltip}`);
    this.#triggered.fire(button);
  }
}

export class FakeInputBox extends FakeQuickInput implements vscode.InputBox {
  valueSelection: readonly [number, number] | undefined;
  password = false;
  prompt: string | undefined;
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;

  enter(): void {
    this.accepted.fire();
  }
}

export class FakeQuickPick<T extends vscode.QuickPickItem> extends FakeQuickInput implements vscode.QuickPick<T> {
  canSelectMany = false;
  matchOnDescription = false;
  matchOnDetail = false;
  keepScrollPosition = false;
  activeItems: readonly T[] = [];
  selectedItems: readonly T[] = [];
  #items: readonly T[] = [];
  readonly #active = new EventEmitter<readonly T[]>();
  readonly #selected = new EventEmitter<readonly T[]>();
  readonly #itemButton = new EventEmitter<vscode.QuickPickItemButtonEvent<T>>();
  readonly onDidChangeActive = this.#active.event;
  readonly onDidChangeSelection = this.#selected.event;
  readonly onDidTriggerItemButton = this.#itemButton.event;

  get items(): readonly T[] {
    return this.#items;
  }

  /** The editor makes the first item the active one. */
  set items(items: readonly T[]) {
    this.#items = items;
    this.activeItems = items.slice(0, 1);
  }

  get labels(): string[] {
    return this.#items.map(({ label }) => label);
  }

  /** Goes to one by the arrows. */
  goTo(label: string): void {
    this.activeItems = this.#items.filter((each) => each.label === label);
    this.#active.fire(this.activeItems);
  }

  /** Picks one, or ticks these; Enter is pressed only where one is picked. */
  pick(...labels: string[]): void {
    this.selectedItems = labels.map((label) => {
      const item = this.#items.find((each) => each.label === label);
      assert.ok(item, `there is ${label} among ${this.labels.join(', ')}`);
      return item;
    });
    this.#selected.fire(this.selectedItems);
    if (!this.canSelectMany) this.accepted.fire();
  }

  /** Takes what is active, or what is ticked. */
  enter(): void {
    if (!this.canSelectMany) this.selectedItems = this.activeItems;
    this.accepted.fire();
  }
}
