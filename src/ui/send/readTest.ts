import * as vscode from 'vscode';
import type { Source } from './source.ts';
import { whereIs } from './whereIs.ts';

// Extensions can't read test results, but the menus pass the test and its message.

type Test = Pick<vscode.TestItem, 'id' | 'label' | 'uri' | 'range' | 'parent' | 'error'>;

/** Reads a test of the Test Explorer, or a failure message. `undefined` if it is neither. */
export async function readTest(argument: unknown): Promise<Source | undefined> {
  const { test, message } = isFailure(argument) ? argument : { test: argument };
  if (!isTest(test)) return undefined;
  const document = test.uri === undefined ? undefined : await vscode.workspace.openTextDocument(test.uri);
  const name = nameOf(test);
  return {
    ...(test.uri === undefined ? { folder: undefined, file: undefined } : whereIs(test.uri)),
    lines: test.range === undefined ? undefined : { first: test.range.start.line + 1, last: test.range.end.line + 1 },
    snippet:
      document === undefined || test.range === undefined
        ? undefined
        : { text: textOf(document, test.range), language: document.languageId },
    facts: [vscode.l10n.t('Test: {0}', name), ...factsOf(test, message)],
    wanted: vscode.l10n.t('Make the test “{0}” pass', name),
  };
}

function factsOf({ error }: Test, message: vscode.TestMessage | undefined): string[] {
  const facts = [message === undefined ? error : message.message].flatMap((text) =>
    text === undefined ? [] : [typeof text === 'string' ? text : text.value],
  );
  if (message?.expectedOutput !== undefined) facts.push(vscode.l10n.t('Expected: {0}', message.expectedOutput));
  if (message?.actualOutput !== undefined) facts.push(vscode.l10n.t('Actual: {0}', message.actualOutput));
  const at = message?.location;
  if (at !== undefined) facts.push(vscode.l10n.t('Failed at {0}:{1}', whereIs(at.uri).file ?? '', at.range.start.line + 1));
  return facts;
}

/** The name of a test with those of its suites. */
function nameOf(test: Test): string {
  const names: string[] = [];
  for (let each: Test | undefined = test; each !== undefined; each = each.parent) names.unshift(each.label);
  return names.join(' › ');
}

function textOf(document: vscode.TextDocument, { start, end }: vscode.Range): string {
  return document.getText(document.validateRange(new vscode.Range(start.line, 0, end.line, Number.MAX_SAFE_INTEGER)));
}

function isFailure(value: unknown): value is { test: Test; message: vscode.TestMessage } {
  return isObject(value) && isTest(value['test']) && isObject(value['message']);
}

function isTest(value: unknown): value is Test {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['label'] === 'string' && 'children' in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
