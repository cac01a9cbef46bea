import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { ConnectEditor, Diff } from './api.ts';
import { fileName } from './display.ts';
import { hasMcpRegistration } from './mcpProvider.ts';
import { openList } from './openList.ts';

/** The URI scheme of both sides of a diff. */
const scheme = 'agentrq-connect';

/** The editor's UI for connecting agents. */
export function createConnectEditor(): ConnectEditor & Disposable {
  const store = new DisposableStore();
  const texts = new Map<string, string>();
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
  );
  let shown = 0;

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
      const show = async (index: number): Promise<void> => {
        const { before, after } = sides[index] ?? {};
        const options: vscode.TextDocumentShowOptions = { preview: false, preserveFocus: true };
        await vscode.commands.executeCommand('vscode.diff', before, after, (diffs[index] as Diff).title, options);
      };
      for (const index of diffs.keys()) await show(diffs.length - 1 - index);
      return {
        show,
        dispose() {
          const own = new Set(sides.map(({ after }) => after.toString()));
          const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
          void vscode.window.tabGroups.close(
            tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && own.has(input.modified.toString())),
          );
          for (const uri of sides.flatMap(({ before, after }) => [before, after])) texts.delete(uri.toString());
        },
      };
    },
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
