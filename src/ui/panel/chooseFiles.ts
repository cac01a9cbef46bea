import * as vscode from 'vscode';
import { limits } from '../../protocol/limits.ts';
import { describeError } from '../../util/errors.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { visibleLine } from '../text/visibleText.ts';
import { typeOf } from './fileKinds.ts';
import type { ChosenFile } from './uploads.ts';

/** Lets the user choose attachments: the selection in `editor`, its file, or files from disk. Empty if they choose nothing. */
export async function chooseFiles(editor: vscode.TextEditor | undefined, prompts: Prompts): Promise<ChosenFile[]> {
  const { l10n } = vscode;
  const items: PickItem<() => Promise<ChosenFile[]>>[] = [];
  if (editor !== undefined && !editor.document.isClosed) {
    const { document, selection } = editor;
    const name = nameOf(document.uri);
    if (!selection.isEmpty) {
      const lines = linesOf(selection);
      const label = l10n.t('Selection in {0}', visibleLine(name));
      items.push({ label, description: lines, icon: 'list-selection', value: async () => [ofSelection(document, selection, lines)] });
    }
    items.push({ label: l10n.t('Open File: {0}', visibleLine(name)), icon: 'file', value: async () => [await ofDocument(document)] });
  }
  if (items.length === 0) return await fromDisk();
  items.push({ label: l10n.t('Choose Files…'), icon: 'folder-opened', value: fromDisk });
  const picked = await prompts.pickOne(items, {
    title: l10n.t('Attach File or Selection'),
    placeholder: l10n.t('What do you want to attach?'),
  });
  return picked.kind === 'picked' ? await picked.value() : [];
}

async function fromDisk(): Promise<ChosenFile[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    title: vscode.l10n.t('Attach Files'),
    ...(folder !== undefined && { defaultUri: folder.uri }),
  });
  return await Promise.all((uris ?? []).map((uri) => read(uri)));
}

async function read(uri: vscode.Uri): Promise<ChosenFile> {
  const name = nameOf(uri);
  const about = { name, mimeType: typeOf(name) };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > limits.attachmentBytes) return { ...about, size };
    return { ...about, bytes: new Uint8Array(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    return { ...about, problem: vscode.l10n.t('It could not be read: {0}. Remove it, and attach another one.', describeError(error)) };
  }
}

/** The text of the editor if it has unsaved changes, otherwise the bytes of the file. */
async function ofDocument(document: vscode.TextDocument): Promise<ChosenFile> {
  if (!document.isDirty && !document.isUntitled) return await read(document.uri);
  const name = nameOf(document.uri);
  return { name, mimeType: typeOf(name) || 'text/plain', bytes: new TextEncoder().encode(document.getText()) };
}

/** `notes (lines 3–5).md` */
function ofSelection(document: vscode.TextDocument, selection: vscode.Selection, lines: string): ChosenFile {
  const [, stem = '', ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(nameOf(document.uri)) ?? [];
  return { name: `${stem} (${lines})${ending}`, mimeType: 'text/plain', bytes: new TextEncoder().encode(document.getText(selection)) };
}

function linesOf({ start, end }: vscode.Selection): string {
  const { l10n } = vscode;
  const last = end.line > start.line && end.character === 0 ? end.line : end.line + 1;
  return last === start.line + 1 ? l10n.t('line {0}', last) : l10n.t('lines {0}–{1}', start.line + 1, last);
}

function nameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) || 'file';
}
