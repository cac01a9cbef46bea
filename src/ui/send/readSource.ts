import * as vscode from 'vscode';

import { readChanges } from './readChanges.ts';
import { readTest } from './readTest.ts';
import { isCodeRange, type SelectedCode, type Source } from './source.ts';
import { whereIs } from './whereIs.ts';

/**
 * Reads what a menu or action was used on from its arguments; without arguments, the selection or the line of the caret. `undefined` if no
 * file is open.
 */
export async function readSource(args: readonly unknown[]): Promise<Source | undefined> {
  const [first] = args;
  if (isCodeRange(first)) return readCode(await vscode.workspace.openTextDocument(first.uri), first);
  const known = (await readChanges(args)) ?? (await readTest(first));
  if (known !== undefined) return known;
  // The gutter menu passes the line, starting at 1.
  if (isObject(first) && first['uri'] instanceof vscode.Uri && typeof first['lineNumber'] === 'number') {
    const line = first['lineNumber'] - 1;
    return readCode(await vscode.workspace.openTextDocument(first['uri']), { first: line, last: line, problems: [] });
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { start, end } = editor.selection;
  // A selection that ends at the beginning of a line does not include that line.
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  return readCode(editor.document, { first: start.line, last, problems: [] });
}

/** Whole lines of a document. */
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

/** The text of a TODO comment on this line without its marker; `undefined` if there is none. */
export function todoIn(line: string): string | undefined {
  const match = /\b(?:TODO|FIXME|HACK|XXX)\b(?:\([^)]*\))?[:\s-]*(.*)$/.exec(line);
  return match?.[1]?.replace(/\s*(?:\*\/|-->|#\}|%>)\s*$/, '').trim();
}
