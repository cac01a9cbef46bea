import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, pageScheme } from '../../../src/ui/ids.ts';
import { parsePagePath } from '../../../src/ui/text/pagePath.ts';
import { waitFor } from '../../support/waitFor.ts';
import { requestOf } from './hubFiles.ts';
import { runUntil } from './runUntil.ts';

// What the user does and sees, by way of the editor's API.

/** Opens a task as text. @returns the page, in the active editor */
export async function openTaskPage(taskId: string): Promise<vscode.TextDocument> {
  const page = (): vscode.TextDocument | undefined => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === pageScheme && parsePagePath(document.uri.path)?.id === taskId ? document : undefined;
  };
  const done = (): boolean => page() !== undefined;
  await runUntil({ description: `the page of task ${taskId}`, command: commandIds.openTaskAsText, argument: { taskId }, done });
  return page() ?? assert.fail();
}

/** Waits until all of this stands on the page. */
export async function waitForText(page: vscode.TextDocument, ...texts: string[]): Promise<void> {
  const missing = (): string[] => texts.filter((text) => !page.getText().includes(text));
  await waitFor('the page to show it', () => missing().length === 0).catch((error: unknown) => {
    throw new Error(`${JSON.stringify(missing())} is missing on this page:\n${page.getText()}`, { cause: error });
  });
}

/** Answers a question with its first choice. */
export async function chooseFirst(question: string): Promise<void> {
  await waitFor(`the question “${question}”`, () => requestOf(question) !== undefined);
  const { id: requestId } = requestOf(question) ?? assert.fail();
  await runUntil({
    description: `an answer to “${question}”`,
    command: commandIds.answerRequest,
    argument: { requestId },
    done: () => requestOf(question)?.status !== 'open',
    takeFirst: true,
  });
}
