import * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import type { SelectedCode } from './source.ts';

/** Offers *Send to Agent* for diagnostics and TODO comments, and so in the Problems view. */
export function registerCodeActions(): Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions(document, { start }, { diagnostics }) {
        if (diagnostics.length === 0 && !/\b(TODO|FIXME)\b/.test(document.lineAt(start.line).text)) return [];
        const lines = diagnostics.flatMap(({ range }) => [range.start.line, range.end.line]);
        const place: SelectedCode = {
          uri: document.uri,
          first: Math.min(start.line, ...lines),
          last: Math.max(start.line, ...lines),
          problems: diagnostics.map(({ source, message }) => (source === undefined ? message : `${source}: ${message}`)),
        };
        const title = vscode.l10n.t('Send to Agent…');
        return [
          {
            title,
            kind: vscode.CodeActionKind.QuickFix,
            diagnostics: [...diagnostics],
            command: { title, command: commandIds.sendToAgent, arguments: [place] },
          },
        ];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
