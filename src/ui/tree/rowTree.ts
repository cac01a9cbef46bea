import type { Row } from './row.ts';

/** A node of a tree. It stays the same object while it is shown, which the editor needs to refresh single rows. */
export interface RowNode {
  readonly id: string;
  readonly row: Row;
  readonly parent: RowNode | undefined;
  readonly children: readonly RowNode[];
}

/** What the editor has to read again: everything, or these nodes and their children. */
export type RowChanges = { kind: 'all' } | { kind: 'some'; nodes: readonly RowNode[] };

interface MutableNode extends RowNode {
  row: Row;
  parent: MutableNode | undefined;
  children: readonly MutableNode[];
}

/** The nodes of a tree of rows. Finds which of them a new set of rows changes. */
export class RowTree {
  readonly #byId = new Map<string, MutableNode>();
  #roots: readonly MutableNode[] = [];

  get roots(): readonly RowNode[] {
    return this.#roots;
  }

  get(id: string): RowNode | undefined {
    return this.#byId.get(id);
  }

  /** Replaces the rows. Ids must be unique. */
  update(rows: readonly Row[]): RowChanges {
    const seen = new Set<string>();
    const changed: MutableNode[] = [];
    let moved = false;

    const place = (row: Row, parent: MutableNode | undefined): MutableNode => {
      seen.add(row.id);
      const known = this.#byId.get(row.id);
      if (known === undefined) {
        const node: MutableNode = { id: row.id, row, parent, children: [] };
        this.#byId.set(row.id, node);
        node.children = (row.children ?? []).map((child) => place(child, node));
        return node;
      }
      // The editor refuses an id at two positions, so after a move everything is read again.
      if (known.parent !== parent) moved = true;
      const children = (row.children ?? []).map((child) => place(child, known));
      if (!looksSame(known.row, row) || !sameNodes(known.children, children)) changed.push(known);
      known.row = row;
      known.parent = parent;
      known.children = children;
      return known;
    };

    const roots = rows.map((row) => place(row, undefined));
    const rootsChanged = !sameNodes(this.#roots, roots);
    this.#roots = roots;
    for (const id of this.#byId.keys()) if (!seen.has(id)) this.#byId.delete(id);

    if (moved || rootsChanged) return { kind: 'all' };
    // Refreshing a group refreshes its children too.
    const whole = new Set<RowNode | undefined>(changed);
    return { kind: 'some', nodes: changed.filter((node) => !whole.has(node.parent)) };
  }
}

function sameNodes(left: readonly RowNode[], right: readonly RowNode[]): boolean {
  return left.length === right.length && left.every((node, index) => node === right[index]);
}

/** Whether two rows look the same, apart from their children. */
function looksSame(left: Row, right: Row): boolean {
  if (left === right) return true;
  return (
    left.label === right.label &&
    left.description === right.description &&
    left.tooltip === right.tooltip &&
    left.icon === right.icon &&
    left.color === right.color &&
    left.contextValue === right.contextValue &&
    left.accessibilityLabel === right.accessibilityLabel &&
    left.click === right.click &&
    left.target?.taskId === right.target?.taskId &&
    left.target?.requestId === right.target?.requestId &&
    (left.children === undefined) === (right.children === undefined)
  );
}
