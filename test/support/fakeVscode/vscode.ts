import type * as vscode from 'vscode';
import { FakeController } from './comments.ts';
import { editor } from './editor.ts';
import { FakePanel } from './panel.ts';
import { FakeInputBox, FakeQuickPick } from './quickInputs.ts';
import { FakeTreeView } from './treeView.ts';
import { Uri } from './values.ts';

// The module `vscode`, as far as our adapters use it. What it lacks fails by its name, and is to be added here.

export * from './values.ts';

/** Fails when something else of it is used. */
function partOf<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, member, receiver) {
      if (!(member in target)) throw new Error(`the fake editor has no ${name}.${String(member)}`);
      return Reflect.get(target, member, receiver) as unknown;
    },
  });
}

function show(level: 'info' | 'warning' | 'error', text: string, rest: readonly unknown[]): Promise<vscode.MessageItem | undefined> {
  const isItem = (each: unknown): each is vscode.MessageItem => typeof each === 'object' && each !== null && 'title' in each;
  const { modal = false, detail } = (rest.find((each) => !isItem(each)) ?? {}) as vscode.MessageOptions;
  const items = rest.filter(isItem);
  return new Promise((resolve) => {
    const press = (title: string | undefined): void => resolve(items.find((each) => each.title === title));
    editor.toasts.push({ level, text, modal, detail, buttons: items.map(({ title }) => title), press });
  });
}

function documentAt(uri: vscode.Uri): Pick<vscode.TextDocument, 'uri' | 'getText'> {
  const text = editor.files.get(uri.toString());
  if (text === undefined) throw new Error(`cannot open ${uri.toString()}`);
  return { uri, getText: () => text };
}

type Window = typeof vscode.window;

export const window = partOf('window', {
  showInformationMessage: (text: string, ...rest: unknown[]) => show('info', text, rest),
  showWarningMessage: (text: string, ...rest: unknown[]) => show('warning', text, rest),
  showErrorMessage: (text: string, ...rest: unknown[]) => show('error', text, rest),
  setStatusBarMessage(text: string) {
    editor.notes.push(text);
    return { dispose() {} };
  },
  createStatusBarItem(id: string, alignment: vscode.StatusBarAlignment): vscode.StatusBarItem {
    const shown = (isShown: boolean) => (): void => {
      editor.statusItems = [...editor.statusItems.filter((each) => each !== item), ...(isShown ? [item] : [])];
    };
    const looks = { name: undefined, text: '', tooltip: undefined, color: undefined, backgroundColor: undefined };
    const rest = { priority: undefined, command: undefined, accessibilityInformation: undefined };
    const item: vscode.StatusBarItem = { id, alignment, ...looks, ...rest, show: shown(true), hide: shown(false), dispose: shown(false) };
    return item;
  },
  createInputBox() {
    const box = new FakeInputBox();
    editor.inputBoxes.push(box);
    return box;
  },
  createQuickPick() {
    const pick = new FakeQuickPick();
    editor.quickPicks.push(pick);
    return pick;
  },
  createTreeView<T>(id: string, { treeDataProvider }: vscode.TreeViewOptions<T>) {
    const view = new FakeTreeView(id, treeDataProvider);
    editor.views.push(view as FakeTreeView<unknown>);
    return view;
  },
  createWebviewPanel(_type: string, title: string, shown: vscode.ViewColumn | { viewColumn: vscode.ViewColumn; preserveFocus?: boolean }) {
    const panel = new FakePanel();
    panel.title = title;
    panel.wantsKeyboard = typeof shown === 'number' || shown.preserveFocus !== true;
    editor.panels.push(panel);
    return panel;
  },
  registerUriHandler(handler: vscode.UriHandler) {
    editor.uriHandlers.push(handler);
    return { dispose() {} };
  },
  get activeTextEditor() {
    return editor.textEditor;
  },
  onDidChangeActiveTextEditor: editor.changedTextEditor.event,
  async showTextDocument(shown: Pick<vscode.TextDocument, 'uri'> | vscode.Uri, options?: vscode.TextDocumentShowOptions) {
    const uri = 'uri' in shown ? shown.uri : shown;
    editor.opened.push({ uri: uri.toString(), line: options?.selection?.start.line });
  },
  get state(): vscode.WindowState {
    return { focused: editor.focused, active: editor.focused };
  },
  onDidChangeWindowState: editor.changedWindow.event,
} satisfies { [Name in keyof Window]?: unknown });

export const commands = partOf('commands', {
  registerCommand(command: string, run: (...args: unknown[]) => unknown) {
    editor.commands.set(command, run);
    return { dispose: () => editor.commands.delete(command) };
  },
  async executeCommand(command: string, ...args: unknown[]) {
    editor.executed.push({ command, args });
  },
} satisfies { [Name in keyof typeof vscode.commands]?: unknown });

export const extensions = partOf('extensions', {
  getExtension(id: string) {
    const { changes } = editor;
    if (id !== 'vscode.git' || changes === undefined) return undefined;
    const api = {
      getRepository: (uri: vscode.Uri) => ({ diffWithHEAD: async () => changes.get(uri.toString()) ?? '' }),
      toGitUri: (uri: vscode.Uri, ref: string) => uri.with({ scheme: 'git', query: ref }),
    };
    return { activate: async () => ({ getAPI: () => api }) };
  },
} satisfies { [Name in keyof typeof vscode.extensions]?: unknown });

export const comments = partOf('comments', {
  createCommentController(id: string, label: string) {
    const controller = new FakeController(id, label);
    editor.controllers.push(controller);
    return controller;
  },
} satisfies Partial<typeof vscode.comments>);

export const lm = {
  get registerMcpServerDefinitionProvider() {
    if (!editor.hasMcp) return undefined;
    return (_id: string, provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>): vscode.Disposable => {
      editor.mcpProviders.push(provider);
      return { dispose: () => (editor.mcpProviders = editor.mcpProviders.filter((each) => each !== provider)) };
    };
  },
};

export const workspace = partOf('workspace', {
  getWorkspaceFolder: (uri: vscode.Uri) => editor.folders.find((folder) => uri.toString().startsWith(`${folder}/`)),
  get workspaceFolders() {
    return editor.folders.map((folder, index) => ({ uri: Uri.parse(folder), name: folder.split('/').at(-1) ?? '', index }));
  },
  openTextDocument: async (uri: vscode.Uri) => documentAt(uri),
  fs: { stat: async (uri: vscode.Uri) => ({ type: 1, size: documentAt(uri).getText().length }) },
  get textDocuments() {
    return editor.documents.map((address) => documentAt(Uri.parse(address)));
  },
  onDidChangeTextDocument: editor.changedText.event,
  onDidOpenTextDocument: editor.openedText.event,
  onDidChangeWorkspaceFolders: editor.changedFolders.event,
  registerTextDocumentContentProvider: () => ({ dispose() {} }),
} satisfies { [Name in keyof typeof vscode.workspace]?: unknown });

export const env = partOf('env', { language: 'en', uriScheme: 'vscode' } satisfies Partial<typeof vscode.env>);

export const l10n = partOf('l10n', {
  t: (text: string, ...args: unknown[]) => text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
} satisfies { [Name in keyof typeof vscode.l10n]?: unknown });
