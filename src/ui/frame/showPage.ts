import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';
import { tabIcon } from './tabIcon.ts';

/** Shows a page of ours in `panel`: the script and the style of this name in the folder with the bundles, `dist`. */
export function showPage(panel: vscode.WebviewPanel, dist: vscode.Uri, page: { name: string; pictures: boolean }): void {
  const { webview } = panel;
  const addressOf = (ending: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, page.name + ending)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = tabIcon(dist);
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    nonce: crypto.randomUUID().replaceAll('-', ''),
    script: addressOf('.js'),
    style: addressOf('.css'),
    language: vscode.env.language,
    pictures: page.pictures,
  });
}
