import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** Shows a page in `panel`: the script and style of this name in `dist`, the folder with the bundles. */
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

/** The icon of tabs, one for each kind of theme because tabs do not colour icons. `dist`: the folder with the bundles. */
function tabIcon(dist: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const media = vscode.Uri.joinPath(dist, '..', 'media');
  return { light: vscode.Uri.joinPath(media, 'agentrq-light.svg'), dark: vscode.Uri.joinPath(media, 'agentrq-dark.svg') };
}
