import type * as vscode from 'vscode';
import { EventEmitter } from './values.ts';

/** A view as the editor has it: what is drawn, it has asked the provider for. */
export class FakeTreeView<T> implements vscode.TreeView<T> {
  readonly id: string;
  readonly provider: vscode.TreeDataProvider<T>;
  selection: readonly T[] = [];
  visible = false;
  message?: string;
  title?: string;
  description?: string;
  badge?: vscode.ViewBadge | undefined;
  readonly revealed: T[] = [];
  readonly #visibility = new EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  readonly #selected = new EventEmitter<vscode.TreeViewSelectionChangeEvent<T>>();
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly onDidChangeSelection = this.#selected.event;
  readonly onDidExpandElement = new EventEmitter<vscode.TreeViewExpansionEvent<T>>().event;
  readonly onDidCollapseElement = new EventEmitter<vscode.TreeViewExpansionEvent<T>>().event;
  readonly onDidChangeCheckboxState = new EventEmitter<vscode.TreeCheckboxChangeEvent<T>>().event;

  constructor(id: string, provider: vscode.TreeDataProvider<T>) {
    this.id = id;
    this.provider = provider;
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.#visibility.fire({ visible });
  }

  select(...nodes: T[]): void {
    this.selection = nodes;
    this.#selected.fire({ selection: nodes });
  }

  async reveal(node: T): Promise<void> {
    this.revealed.push(node);
  }

  dispose(): void {
    this.#visibility.dispose();
  }
}
