import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { ChangesVerdict, ConnectEditor, Diff } from './api.ts';
import { fileName } from './display.ts';
import { hasMcpRegistration } from './mcpProvider.ts';
import { openList } from './openList.ts';

/** The URI scheme of both sides of a diff. */
const scheme = 'agentrq-connect';

/** The editor's UI for connecting agents. @param review called when the user begins and ends to look at diffs */
export function createConnectEditor(review: (isReviewing: boolean) => void): ConnectEditor & Disposable {
  const store = new DisposableStore();
  const texts = new Map<string, string>();
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
  );
  let shown = 0;
  let decide: ((verdict: ChangesVerdict) => void) | undefined;

  function put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path });
    texts.set(uri.toString(), text);
    return uri;
  }

  return {
    hasMcp: hasMcpRegistration(),
    isTrusted: () => vscode.workspace.isTrusted,
    pathOf(text) {
      const uri = vscode.Uri.parse(text);
      // Agents write Windows drive letters in upper case.
      return uri.scheme === 'file' ? uri.fsPath.replace(/^[a-z]:/, (drive) => drive.toUpperCase()) : undefined;
    },
    async showDiffs(diffs) {
      shown += 1;
      const sides = diffs.map(({ name, before, after }, index) => ({
        before: put(`/${shown}/${index}/before/${name}`, before),
        after: put(`/${shown}/${index}/after/${name}`, after),
      }));
      const own = new Set(sides.map(({ after }) => after.toString()));
      const ownTabs = (): vscode.Tab[] =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .filter(({ input }) => input instanceof vscode.TabInputTextDiff && own.has(input.modified.toString()));
      const show = async (index: number, preserveFocus = false): Promise<void> => {
        const { before, after } = sides[index] ?? {};
        const options: vscode.TextDocumentShowOptions = { preview: false, preserveFocus };
        await vscode.commands.executeCommand('vscode.diff', before, after, (diffs[index] as Diff).title, options);
      };
      const { promise: decided, resolve } = Promise.withResolvers<ChangesVerdict>();
      let wereThere = false;
      const closed = vscode.window.tabGroups.onDidChangeTabs(() => {
        const areThere = ownTabs().length > 0;
        if (wereThere && !areThere) resolve('cancel');
        wereThere = areThere;
      });
      decide = resolve;
      review(true);
      for (const index of diffs.keys()) await show(diffs.length - 1 - index, true);
      return {
        show,
        decided,
        dispose() {
          closed.dispose();
          if (decide === resolve) {
            decide = undefined;
            review(false);
          }
          void vscode.window.tabGroups.close(ownTabs());
          for (const uri of sides.flatMap(({ before, after }) => [before, after])) texts.delete(uri.toString());
        },
      };
    },
    decide: (verdict) => decide?.(verdict),
    openList,
    async openFile(path) {
      await vscode.window.showTextDocument(vscode.Uri.file(path));
    },
    startInTerminal(title, program, folder) {
      const terminal = vscode.window.createTerminal({ name: title, ...(folder !== undefined && { cwd: folder }) });
      terminal.show();
      terminal.sendText(fileName(program));
    },
    copy: async (text) => vscode.env.clipboard.writeText(text),
    async openExternal(url) {
      await vscode.env.openExternal(vscode.Uri.parse(url));
    },
    async run(command, argument) {
      await vscode.commands.executeCommand(command, argument);
    },
    dispose: () => store.dispose(),
  };
}
