import * as vscode from 'vscode';
import { type DoNotDisturb, untilTurnedOff } from '../notifications/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import { formatTime } from '../shell/formatTime.ts';
import { statusBarModel } from './statusBarModel.ts';

/** The status bar item: the link, the number of open requests, and Do Not Disturb. */
export function registerStatusBar({ board, own }: UiContext, { doNotDisturb }: { doNotDisturb: DoNotDisturb }): void {
  const item = own(vscode.window.createStatusBarItem('agentrq.status', vscode.StatusBarAlignment.Left));
  item.name = 'AgentRQ';
  let shown = '';
  const draw = (): void => {
    const model = statusBarModel(board.board, board.link, vscode.l10n, quietSentence(doNotDisturb.until));
    const content = JSON.stringify(model);
    if (content === shown) return;
    shown = content;
    item.text = model.text;
    item.tooltip = model.tooltip;
    item.accessibilityInformation = { label: model.accessibilityLabel };
    item.command = model.command;
    item.backgroundColor = model.failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  };
  own(followBoard(board, draw));
  own(doNotDisturb.onDidChange(draw));
  item.show();
}

function quietSentence(until: number): string {
  if (until === 0) return '';
  if (until === untilTurnedOff) return vscode.l10n.t('Do Not Disturb is on.');
  return vscode.l10n.t('Do Not Disturb until {0}.', formatTime(new Date(until).toISOString()));
}
