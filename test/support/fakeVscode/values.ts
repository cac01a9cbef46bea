import { posix } from 'node:path';
import type * as vscode from 'vscode';

// What an extension makes of the editor's classes, as far as ours does.

export class EventEmitter<T> implements vscode.EventEmitter<T> {
  readonly #listeners = new Set<(data: T) => unknown>();

  readonly event: vscode.Event<T> = (listener, self?: unknown) => {
    const bound = (data: T): unknown => listener.call(self, data);
    this.#listeners.add(bound);
    return { dispose: () => this.#listeners.delete(bound) };
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  fire(data: T): void {
    for (const listener of this.#listeners) listener(data);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

type UriParts = Pick<vscode.Uri, 'scheme' | 'authority' | 'path' | 'query' | 'fragment'>;

const none: UriParts = { scheme: 'file', authority: '', path: '', query: '', fragment: '' };

export class Uri implements vscode.Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  constructor({ scheme, authority, path, query, fragment }: UriParts) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
    this.fragment = fragment;
  }

  static parse(value: string): Uri {
    const [, scheme = 'file', authority = '', path = '', query = '', fragment = ''] =
      /^([^:/?#]+):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(value) ?? [];
    return new Uri({ scheme, authority, path: decodeURIComponent(path), query, fragment });
  }

  static file(path: string): Uri {
    return new Uri({ ...none, path });
  }

  static from(parts: Parameters<typeof vscode.Uri.from>[0]): Uri {
    return new Uri({ ...none, ...parts });
  }

  static joinPath(base: vscode.Uri, ...parts: string[]): vscode.Uri {
    return base.with({ path: posix.join(base.path, ...parts) });
  }

  get fsPath(): string {
    return this.path;
  }

  with(change: Partial<UriParts>): Uri {
    return new Uri({ ...this.toJSON(), ...change });
  }

  toString(): string {
    const { scheme, authority, path, query, fragment } = this;
    return `${scheme}://${authority}${encodeURI(path)}${query && `?${query}`}${fragment && `#${fragment}`}`;
  }

  toJSON(): UriParts {
    const { scheme, authority, path, query, fragment } = this;
    return { scheme, authority, path, query, fragment };
  }
}

export class Position implements Pick<vscode.Position, 'line' | 'character'> {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    if (line < 0 || character < 0) throw new Error('a position can’t be negative');
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...ends: [Position, Position] | [number, number, number, number]) {
    this.start = ends.length === 2 ? ends[0] : new Position(ends[0], ends[1]);
    this.end = ends.length === 2 ? ends[1] : new Position(ends[2], ends[3]);
  }
}

export class ThemeColor implements vscode.ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon implements vscode.ThemeIcon {
  readonly id: string;
  readonly color?: vscode.ThemeColor | undefined;

  constructor(id: string, color?: vscode.ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class MarkdownString implements Pick<vscode.MarkdownString, 'value' | 'isTrusted'> {
  readonly value: string;
  isTrusted?: boolean | { readonly enabledCommands: readonly string[] };

  constructor(value: string) {
    this.value = value;
  }
}

export class TreeItem implements Pick<vscode.TreeItem, 'label' | 'collapsibleState'> {
  readonly label: string | vscode.TreeItemLabel;
  readonly collapsibleState: vscode.TreeItemCollapsibleState;

  constructor(label: string | vscode.TreeItemLabel, collapsibleState: vscode.TreeItemCollapsibleState) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class McpStdioServerDefinition implements vscode.McpStdioServerDefinition {
  readonly label: string;
  command: string;
  args: string[];
  env: Record<string, string | number | null>;
  version?: string;

  constructor(label: string, command: string, args: string[] = [], env: vscode.McpStdioServerDefinition['env'] = {}, version?: string) {
    this.label = label;
    this.command = command;
    this.args = args;
    this.env = env;
    if (version !== undefined) this.version = version;
  }
}

export const QuickInputButtons = { Back: { iconPath: new ThemeIcon('arrow-left'), tooltip: 'Back' } };

/** All values of an enum. */
function enumOf<E extends object>(values: { readonly [Name in keyof E]: number }): E {
  return values as unknown as E;
}

export const ViewColumn = enumOf<typeof vscode.ViewColumn>({
  Active: -1,
  Beside: -2,
  One: 1,
  Two: 2,
  Three: 3,
  Four: 4,
  Five: 5,
  Six: 6,
  Seven: 7,
  Eight: 8,
  Nine: 9,
});
export const StatusBarAlignment = enumOf<typeof vscode.StatusBarAlignment>({ Left: 1, Right: 2 });
export const TreeItemCollapsibleState = enumOf<typeof vscode.TreeItemCollapsibleState>({ None: 0, Collapsed: 1, Expanded: 2 });
export const CommentThreadCollapsibleState = enumOf<typeof vscode.CommentThreadCollapsibleState>({ Collapsed: 0, Expanded: 1 });
export const CommentThreadState = enumOf<typeof vscode.CommentThreadState>({ Unresolved: 0, Resolved: 1 });
export const FileType = enumOf<typeof vscode.FileType>({ Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 });
export const CommentMode = enumOf<typeof vscode.CommentMode>({ Editing: 0, Preview: 1 });
