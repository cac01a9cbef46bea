import * as vscode from 'vscode';
import type { Permission } from '../../protocol/model.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { readEdit } from '../card/readEdit.ts';
import { visibleLine } from '../text/visibleText.ts';
import { applyEdit } from './applyEdit.ts';
import { fitPatch, type PatchedFile, readPatch } from './readPatch.ts';
import { findFile, isInFolders } from './workspaceFiles.ts';

const scheme = 'agentrq-patch';
/** How many texts are kept for open tabs; the oldest are dropped first. */
const kept = 40;

/** Shows a diff from a message against the present files. Nothing is written. */
export interface PatchEditor extends Disposable {
  /** `notice` shows which files the diff does not fit. */
  open(patch: string, notice: (text: string) => void): Promise<void>;
  /** Compares the file that a tool would edit or write with what it would be. */
  openEdit(permission: Permission | undefined, notice: (text: string) => void): Promise<void>;
}

export function createPatchEditor(): PatchEditor {
  const store = new DisposableStore();
  const texts = new BoundedMap<string, string>(kept);
  let count = 0;
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: ({ path }) => texts.get(path) ?? '' }),
  );

  function side(file: string, text: string): vscode.Uri {
    count += 1;
    const path = `/${count}/${visibleLine(file).replace(/^[\\/]+/, '')}`;
    texts.set(path, text);
    return vscode.Uri.from({ scheme, path });
  }

  /** The present text of a file: empty if there is none, `undefined` if it is outside of the open folders. */
  async function textOf(name: string): Promise<string | undefined> {
    const uri = await findFile(name);
    if (uri !== undefined && !isInFolders(uri)) return undefined;
    return uri === undefined ? '' : (await vscode.workspace.openTextDocument(uri)).getText().replaceAll('\r\n', '\n');
  }

  async function sidesOf({ before, after, patch }: PatchedFile): Promise<{ left: vscode.Uri; right: vscode.Uri } | undefined> {
    const name = after ?? before ?? '';
    const text = await textOf(name);
    if (text === undefined) return undefined;
    const fit = fitPatch(patch, text);
    if (fit.kind === 'ahead') return { left: side(name, text), right: side(name, fit.after) };
    return fit.kind === 'done' ? { left: side(name, fit.before), right: side(name, text) } : undefined;
  }

  return {
    async open(patch, notice) {
      const { l10n } = vscode;
      const files = readPatch(patch);
      if (files.length === 0) return notice(l10n.t('This is not a diff of files, so there is nothing to compare.'));
      const sides: [vscode.Uri, vscode.Uri, vscode.Uri][] = [];
      for (const file of files) {
        const found = await sidesOf(file);
        if (found !== undefined) sides.push([found.right, found.left, found.right]);
        else
          notice(l10n.t('The diff does not fit {0} as it is in the folders that are open.', visibleLine(file.after ?? file.before ?? '')));
      }
      const [first] = sides;
      if (first === undefined) return;
      const title = l10n.t('{0} (diff from a message)', visibleLine(files[0]?.after ?? files[0]?.before ?? ''));
      if (sides.length === 1) await vscode.commands.executeCommand('vscode.diff', first[1], first[2], title, { preview: true });
      else await vscode.commands.executeCommand('vscode.changes', l10n.t('Diff from a message'), sides);
    },
    async openEdit(permission, notice) {
      const { l10n } = vscode;
      const edit = permission && readEdit(permission);
      if (edit === undefined || edit.kind === 'patch')
        return notice(l10n.t('This is not a diff of files, so there is nothing to compare.'));
      const name = visibleLine(edit.file);
      const text = await textOf(edit.file);
      const after = text === undefined ? undefined : edit.kind === 'newFile' ? edit.content : applyEdit(text, edit);
      if (text === undefined || after === undefined) {
        return notice(l10n.t('The diff does not fit {0} as it is in the folders that are open.', name));
      }
      const title = l10n.t('{0} (what the agent wants to change)', name);
      await vscode.commands.executeCommand('vscode.diff', side(edit.file, text), side(edit.file, after), title, { preview: true });
    },
    dispose: () => store.dispose(),
  };
}
