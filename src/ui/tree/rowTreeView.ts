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

const lookMs = 40;
/** A click waits so long for its row: reading all rows takes a busy machine a second and more. */
const looks = 125;
/**
 * The editor puts off for 200 ms what changes soon after another change. It would draw a row that it read before that, and know none of the
 * rows when it reads them again: a button that is pressed in that moment reaches its command without a row.
 */
const apartMs = 250;

interface RowTreeDeps {
  id: ViewId;
  rows(): readonly Row[];
  clock: Clock;
  /** Its words tell ages, so they are looked at again from time to time. */
  ticking: boolean;
  options?: Omit<vscode.TreeViewOptions<RowNode>, 'treeDataProvider'>;
  /** Has to be done before the first rows can be had. */
  load?(): Promise<unknown>;
  /** Stands above the rows, after what is said by `setMessage`. */
  note?(): string;
  /** The tooltip of a row that has none. */
  explain?(row: Row): Promise<vscode.MarkdownString | undefined>;
}

/** A view that draws rows, and asks the editor to read again only those that have changed. While nobody sees it, it rests. */
export class RowTreeView implements vscode.TreeDataProvider<RowNode>, Disposable {
  readonly view: vscode.TreeView<RowNode>;
  readonly #tree = new RowTree();
  readonly #store = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<RowNode[] | undefined>();
  readonly #due: Coalesced;
  readonly #deps: RowTreeDeps;
  /** Says how the link is. */
  #message = '';
  /** The editor has read the rows, so that there is something to compare with. */
  #read = false;
  /** A click for which no row is selected yet; the next one takes its place. */
  #waiting: Disposable | undefined;
  /** When the editor was last asked to read rows again, and whether it last said that some are selected. */
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
    this.#store.add(this.view.onDidChangeSelection(({ selection }) => (this.#hasSelection = selection.length > 0)));
    const onVisible = (visible: boolean): void => {
      ticker.show(visible && deps.ticking);
      if (visible) this.refresh();
    };
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => onVisible(visible)));
    onVisible(this.view.visible);
  }

  /** Something that the rows are made of has changed. Any number of calls in one turn cost one look, and the editor reads rows again at most every 250 ms. */
  refresh(): void {
    this.#due.request();
  }

  /** Says something above the rows, as plain text; the empty text takes it away. */
  setMessage(text: string): void {
    this.#message = text;
    this.#tell();
  }

  #tell(): void {
    const message = withoutLinks([this.#message, this.#deps.note?.() ?? ''].filter((part) => part !== '').join(' '));
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
    // A plain string is drawn as it is; Markdown would not be.
    if (row.tooltip !== undefined || this.#deps.explain === undefined) item.tooltip = row.tooltip ?? row.label;
    if (row.description !== undefined) item.description = row.description;
    if (row.icon !== undefined)
      item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
    // A command with arguments would be gone as soon as the row is read again, and a click on what is still drawn would do nothing.
    if (row.click !== undefined) item.command = { command: clickCommand(this.#deps.id), title: row.label };
    return item;
  }

  /** The editor asks for it when the person points at a row that has no tooltip. */
  async resolveTreeItem(item: vscode.TreeItem, { row }: RowNode): Promise<vscode.TreeItem> {
    const tooltip = await this.#deps.explain?.(row);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  /** The editor selects a row before it runs its command. While rows are being read again, it knows none of them for a moment. */
  async #click(left = looks): Promise<void> {
    this.#waiting?.dispose();
    const row = this.view.selection[0]?.row;
    if (row?.click !== undefined) await vscode.commands.executeCommand(row.click, row.target);
    else if (row === undefined && left > 0) this.#waiting = this.#deps.clock.after(lookMs, () => void this.#click(left - 1));
  }

  /** The rows that are selected. While rows are being read again the editor knows none of them for a moment, which is waited for. */
  async selected(): Promise<readonly RowNode[]> {
    const until = this.#askedAt + looks * lookMs;
    while (this.#hasSelection && this.view.selection.length === 0 && this.#deps.clock.now() < until) {
      await new Promise<void>((resolve) => this.#deps.clock.after(lookMs, resolve));
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
  }

  dispose(): void {
    this.#waiting?.dispose();
    this.#store.dispose();
  }
}

/** Runs what a click on the selected row of a view does. */
function clickCommand(id: ViewId): string {
  return `${id}.click`;
}

function stateOf({ children, folded }: Row): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return folded === true ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
