import * as vscode from 'vscode';
import type { OpenTerminal } from './agentTerminal.ts';

/** The terminals of this window whose shell has started. */
export async function openTerminals(): Promise<OpenTerminal[]> {
  const all = vscode.window.terminals.map(async (terminal) => ({ pid: await terminal.processId, show: () => terminal.show() }));
  return (await Promise.all(all)).flatMap(({ pid, show }) => (pid === undefined ? [] : [{ pid, show }]));
}
