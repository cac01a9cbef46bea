import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** A page: the name of its script and style in the folder with the bundles, and whether it shows pictures. */
interface Page {
  name: string;
  pictures: boolean;
}

/** Shows a page in the tab `panel`. `dist`: the folder with the bundles. */
export function showPage(panel: vscode.WebviewPanel, dist: vscode.Uri, page: Page): void {
  panel.iconPath = tabIcon(dist);
  fillPage(panel.webview, dist, page);
}

/** Shows a page wherever it stands. `dist`: the folder with the bundles. */
export function fillPage(webview: vscode.Webview, dist: vscode.Uri, page: Page): void {
  const addressOf = (ending: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, page.name + ending)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
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
