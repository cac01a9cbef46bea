import * as vscode from 'vscode';

/** The icon of our tabs. A tab doesn't colour it, so there is one for each kind of theme. `dist`: the folder with the bundles. */
export function tabIcon(dist: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const media = vscode.Uri.joinPath(dist, '..', 'media');
  return { light: vscode.Uri.joinPath(media, 'agentrq-light.svg'), dark: vscode.Uri.joinPath(media, 'agentrq-dark.svg') };
}
