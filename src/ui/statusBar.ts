import * as vscode from 'vscode';
import type { BoardStore } from '../client/boardStore.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import { followBoard } from './followBoard.ts';
import { statusBarModel } from './statusBarModel.ts';

/** The status bar item: the link, and how many requests wait. */
export function createStatusBar(board: BoardStore): Disposable {
  const store = new DisposableStore();
  const item = store.add(vscode.window.createStatusBarItem('agentrq.status', vscode.StatusBarAlignment.Left));
  item.name = 'AgentRQ';
  let shown = '';
  store.add(
    followBoard(board, () => {
      const model = statusBarModel(board.board, board.link, vscode.l10n);
      const look = JSON.stringify(model);
      if (look === shown) return;
      shown = look;
      item.text = model.text;
      item.tooltip = model.tooltip;
      item.accessibilityInformation = { label: model.accessibilityLabel };
      item.command = model.command;
      item.backgroundColor = model.failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    }),
  );
  item.show();
  return store;
}
