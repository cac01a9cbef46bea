import * as vscode from 'vscode';
import { type CodePlace, parsePlace } from '../../protocol/codePlace.ts';
import type { Prompts } from '../shell/prompts.ts';
import { visibleLine } from '../text/visibleText.ts';
import { findFile, isInFolders } from './workspaceFiles.ts';

/** Opens a code location given as text. For a file outside of the open folders the user confirms the path. */
export async function openLocation(text: string, deps: { prompts: Prompts; notice: (text: string) => void }): Promise<void> {
  const place = parsePlace(text);
  if (place !== undefined) await openFileAt(place, deps);
}

/** Opens a code location. */
export async function openFileAt(
  place: CodePlace,
  { prompts, notice }: { prompts: Prompts; notice: (text: string) => void },
): Promise<void> {
  const { l10n } = vscode;
  // The text before a space may not belong to the path.
  const uri = (await findFile(place.file)) ?? (await findFile(place.file.slice(place.file.lastIndexOf(' ') + 1)));
  if (uri === undefined) return notice(l10n.t('There is no file {0} in the folders that are open.', visibleLine(place.file)));
  if (!isInFolders(uri)) {
    const pressed = await prompts.confirm(l10n.t('This file is outside of the folders that are open. Open it?'), visibleLine(uri.fsPath), [
      l10n.t('Open'),
    ]);
    if (pressed === undefined) return;
  }
  const position = new vscode.Position(place.line - 1, Math.max(0, (place.column ?? 1) - 1));
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position), preview: true });
}
