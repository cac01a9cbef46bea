import * as vscode from 'vscode';
import { isCodePlace, type SelectedCode } from './codePlace.ts';
import { readChanges } from './readChanges.ts';
import { readTest } from './readTest.ts';
import type { Source } from './source.ts';
import { todoIn } from './todo.ts';
import { whereIs } from './whereIs.ts';

/**
 * What a menu or an action of the editor was used on, by what it hands over; without that, the selection or the line of the caret.
 * `undefined` if no file is open either.
 */
export async function readSource(args: readonly unknown[]): Promise<Source | undefined> {
  const [first] = args;
  if (isCodePlace(first)) return readCode(await vscode.workspace.openTextDocument(first.uri), first);
  const known = (await readChanges(args)) ?? (await readTest(first));
  if (known !== undefined) return known;
  // A click on a line number names the line, counted from 1.
  if (isObject(first) && first['uri'] instanceof vscode.Uri && typeof first['lineNumber'] === 'number') {
    const line = first['lineNumber'] - 1;
    return readCode(await vscode.workspace.openTextDocument(first['uri']), { first: line, last: line, problems: [] });
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { start, end } = editor.selection;
  // A selection that ends at the beginning of a line doesn't mean that line.
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  return readCode(editor.document, { first: start.line, last, problems: [] });
}

/** Lines of a document, whole. */
function readCode(document: vscode.TextDocument, { first, last, problems }: Omit<SelectedCode, 'uri'>): Source {
  const until = Math.min(last, document.lineCount - 1);
  const todo = first === last ? todoIn(document.lineAt(Math.min(first, until)).text) : undefined;
  const [problem] = problems;
  return {
    ...whereIs(document.uri),
    lines: { first: first + 1, last: until + 1 },
    snippet: {
      text: document.getText(new vscode.Range(first, 0, until, document.lineAt(until).text.length)),
      language: document.languageId,
    },
    facts: problems.map((each) => vscode.l10n.t('Problem: {0}', each)),
    wanted: problem === undefined ? (todo ?? '') : vscode.l10n.t('Fix this problem: {0}', problem.split('\n', 1)[0] ?? ''),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
