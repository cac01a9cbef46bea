import * as vscode from 'vscode';
import { type DoNotDisturb, untilTurnedOff } from '../notifications/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import { formatTime } from '../shell/formatTime.ts';
import { statusBarModel } from './statusBarModel.ts';

// How often it is looked whether an agent has stood still for long.
const tickMs = 15_000;

/** The status bar item: the link, the number of open requests, and Do Not Disturb. */
export function registerStatusBar({ board, clock, own }: UiContext, { doNotDisturb }: { doNotDisturb: DoNotDisturb }): void {
  const item = own(vscode.window.createStatusBarItem('agentrq.status', vscode.StatusBarAlignment.Left));
  item.name = 'AgentRQ';
  const backgrounds = {
    calm: undefined,
    pressing: new vscode.ThemeColor('statusBarItem.warningBackground'),
    failed: new vscode.ThemeColor('statusBarItem.errorBackground'),
  };
  let shown = '';
  const draw = (): void => {
    const model = statusBarModel({
      board: board.board,
      link: board.link,
      now: clock.now(),
      l10n: vscode.l10n,
      quiet: quietSentence(doNotDisturb.until),
    });
    const content = JSON.stringify(model);
    if (content === shown) return;
    shown = content;
    item.text = model.text;
    item.tooltip = model.tooltip;
    item.accessibilityInformation = { label: model.accessibilityLabel };
    item.command = model.command;
    item.backgroundColor = backgrounds[model.mood];
  };
  own(followBoard(board, draw));
  own(doNotDisturb.onDidChange(draw));
  own(clock.every(tickMs, draw));
  item.show();
}

function quietSentence(until: number): string {
  if (until === 0) return '';
  if (until === untilTurnedOff) return vscode.l10n.t('Do Not Disturb is on.');
  return vscode.l10n.t('Do Not Disturb until {0}.', formatTime(new Date(until).toISOString()));
}
