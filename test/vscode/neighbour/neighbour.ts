import * as vscode from 'vscode';
import type { AgentRqApi } from '../../../src/ui/links/publicApi.ts';

/** What tests read of it. */
export interface Neighbour {
  /** What it was given. */
  readonly agentRq: AgentRqApi;
  /** What it has written into the status bar, each time that it drew. */
  readonly drawn: readonly string[];
}

/** The example of docs/extensions.md. */
export async function activate({ subscriptions }: vscode.ExtensionContext): Promise<Neighbour> {
  const agentRq = await vscode.extensions.getExtension<AgentRqApi>('agentrq.agentrq')?.activate();
  if (agentRq?.version !== 1) throw new Error('AgentRQ is not there, or not in this version.');
  const drawn: string[] = [];
  const item = vscode.window.createStatusBarItem('waiting');
  const draw = (): void => {
    const open = agentRq.board.requests.filter(({ status }) => status === 'open');
    item.text = `${open.length} waiting`;
    item.show();
    drawn.push(item.text);
  };
  subscriptions.push(item, agentRq.onDidChange(draw));
  draw();
  return { agentRq, drawn };
}
