import * as vscode from 'vscode';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import type { ViewId } from '../ids.ts';
import { createAgeTicker } from '../shell/ageTicker.ts';
import type { Coalesced } from '../shell/coalesce.ts';
import { coalesce } from '../shell/coalesce.ts';
import { withoutLinks } from '../text/plainText.ts';
import type { Row } from './row.ts';
import type { RowNode } from './rowTree.ts';
import { RowTree } from './rowTree.ts';

const attemptMs = 40;
/** How often a click looks for its row. A slow machine takes more than a second to read all rows. */
const attempts = 125;
/**
 * The editor puts off for 200 ms what changes soon after another change. It would draw a row that it read before that, and know none of the
 * rows when it reads them again: a button that is pressed in that moment reaches its command without a row.
 */
const apartMs = 250;

interface RowTreeDeps {
  id: ViewId;
  rows(): readonly Row[];
  clock: Clock;
  /** Whether the rows contain ages, so that they are updated regularly. */
  ticking: boolean;
  options?: Omit<vscode.TreeViewOptions<RowNode>, 'treeDataProvider'>;
  /** Runs before the first rows are read. */
  load?(): Promise<unknown>;
  /** A message above the rows; empty for none. */
  message?(): string;
  /** The tooltip of a row without one. */
  tooltipOf?(row: Row): Promise<vscode.MarkdownString | undefined>;
}

/** A tree view of rows. It asks the editor to read only changed rows, and does nothing while it is not visible. */
export class RowTreeView implements vscode.TreeDataProvider<RowNode>, Disposable {
  readonly view: vscode.TreeView<RowNode>;
  readonly #tree = new RowTree();
  readonly #store = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<RowNode[] | undefined>();
  readonly #due: Coalesced;
  readonly #deps: RowTreeDeps;
  /** Whether the editor has read the rows once. */
  #read = false;
  /** The id of a row that is to be selected as soon as it is there. */
  #wanted: string | undefined;
  /** The timer of a click that waits for its row. */
  #waiting: Disposable | undefined;
  /** When the editor was last asked to read rows, and whether it last reported a selection. */
  #askedAt = -Infinity;
  #hasSelection = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: RowTreeDeps) {
    this.#deps = deps;
    const untilApart = (): number => Math.max(0, this.#askedAt + apartMs - deps.clock.now());
    this.#due = this.#store.add(coalesce(deps.clock, untilApart, () => this.#update()));
    this.#store.add(this.#changed);
    this.#store.add(vscode.commands.registerCommand(clickCommand(deps.id), () => this.#click()));
    this.view = this.#store.add(vscode.window.createTreeView<RowNode>(deps.id, { treeDataProvider: this, ...deps.options }));
    const ticker = this.#store.add(createAgeTicker(deps.clock, () => this.refresh()));
    this.#store.add(
      this.view.onDidChangeSelection(({ selection }) => {
        this.#hasSelection = selection.length > 0;
        // The user has chosen a row, which stays chosen.
        if (this.#hasSelection) this.#wanted = undefined;
      }),
    );
    const onVisible = (visible: boolean): void => {
      ticker.show(visible && deps.ticking);
      if (visible) this.refresh();
    };
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => onVisible(visible)));
    onVisible(this.view.visible);
  }

  /** Updates the rows. Calls within one turn cause one update. */
  refresh(): void {
    this.#due.request();
  }

  /** Selects a row as soon as it is there, while the view is visible. The keyboard stays where it is. */
  select(id: string): void {
    this.#wanted = this.view.visible ? id : undefined;
    this.#selectWanted();
  }

  #selectWanted(): void {
    const node = this.#wanted === undefined ? undefined : this.#tree.get(this.#wanted);
    if (node === undefined) return;
    this.#wanted = undefined;
    // The editor refuses a row that has gone meanwhile; then there is nothing to select.
    this.view.reveal(node, { select: true, focus: false }).then(undefined, () => {});
  }

  #tell(): void {
    const message = withoutLinks(this.#deps.message?.() ?? '');
    if ((this.view.message ?? '') !== message) this.view.message = message;
  }

  /** Disposes `item` with the view. */
  own(item: Disposable): void {
    this.#store.add(item);
  }

  async getChildren(node?: RowNode): Promise<RowNode[]> {
    if (node !== undefined) return [...node.children];
    await this.#deps.load?.();
    if (!this.#read) {
      this.#tree.update(this.#deps.rows());
      this.#read = true;
      this.#tell();
    }
    return [...this.#tree.roots];
  }

  getParent(node: RowNode): RowNode | undefined {
    return node.parent;
  }

  getTreeItem({ row }: RowNode): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, stateOf(row));
    item.id = row.id;
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    // A plain string is not rendered as Markdown.
    if (row.tooltip !== undefined || this.#deps.tooltipOf === undefined) item.tooltip = row.tooltip ?? row.label;
    if (row.description !== undefined) item.description = row.description;
    if (row.icon !== undefined)
      item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
    // A command with arguments would be lost when the row is read again, and a click on the old row would do nothing.
    if (row.click !== undefined) item.command = { command: clickCommand(this.#deps.id), title: row.label };
    return item;
  }

  /** Called when the user hovers a row without a tooltip. */
  async resolveTreeItem(item: vscode.TreeItem, { row }: RowNode): Promise<vscode.TreeItem> {
    const tooltip = await this.#deps.tooltipOf?.(row);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  /**
   * Runs the command of the selected row. The editor selects a row before it runs the command, but has no selection for a moment while rows
   * are being read.
   */
  async #click(left = attempts): Promise<void> {
    this.#waiting?.dispose();
    const row = this.view.selection[0]?.row;
    if (row?.click !== undefined) await vscode.commands.executeCommand(row.click, row.target);
    else if (row === undefined && left > 0) this.#waiting = this.#deps.clock.after(attemptMs, () => void this.#click(left - 1));
  }

  /** The selected rows. While rows are being read the editor has no selection for a moment, which is waited for. */
  async selected(): Promise<readonly RowNode[]> {
    const until = this.#askedAt + attempts * attemptMs;
    while (this.#hasSelection && this.view.selection.length === 0 && this.#deps.clock.now() < until) {
      await new Promise<void>((resolve) => this.#deps.clock.after(attemptMs, resolve));
    }
    return this.view.selection;
  }

  #update(): void {
    if (!this.#read || !this.view.visible) return;
    const changes = this.#tree.update(this.#deps.rows());
    this.#tell();
    if (changes.kind === 'all' || changes.nodes.length > 0) this.#askedAt = this.#deps.clock.now();
    if (changes.kind === 'all') this.#changed.fire(undefined);
    else if (changes.nodes.length > 0) this.#changed.fire([...changes.nodes]);
    this.#selectWanted();
  }

  dispose(): void {
    this.#waiting?.dispose();
    this.#store.dispose();
  }
}

/** The id of the command that a click on a row runs. */
function clickCommand(id: ViewId): string {
  return `${id}.click`;
}

function stateOf({ children, collapsed }: Row): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return collapsed === true ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
