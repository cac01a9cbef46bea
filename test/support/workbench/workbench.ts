import type { Frame, Page } from 'playwright-core';
import { ActivityBar } from './activityBar.ts';
import { clickOn } from './clickOn.ts';
import { ConsoleErrors } from './consoleErrors.ts';
import { Dialog } from './dialog.ts';
import type { CursorPosition } from './editor.ts';
import { Editor } from './editor.ts';
import type { FocusInfo } from './focusInfo.ts';
import { focusInfo } from './focusInfo.ts';
import { Inbox } from './inbox.ts';
import { kanbanPage } from './kanbanPage.ts';
import type { Pattern } from './pattern.ts';
import type { QuickInputContent } from './quickInput.ts';
import { QuickInput } from './quickInput.ts';
import { runCommand } from './runCommand.ts';
import type { ChangeSettings, Theme } from './setTheme.ts';
import { setTheme } from './setTheme.ts';
import type { StatusBarItem } from './statusBar.ts';
import { StatusBar } from './statusBar.ts';
import { type TaskPanel, taskPanel } from './taskPanel.ts';
import type { Toast } from './toasts.ts';
import { Toasts } from './toasts.ts';
import type { TreeRow } from './treeView.ts';
import { TreeView } from './treeView.ts';
import { ViewPane } from './viewPane.ts';
import { waitForKeyboard } from './waitForKeyboard.ts';
import { startLimitMs, waitForExtension, waitForWorkbench } from './waitForWorkbench.ts';

/** One window of VS Code, in the words of the user in front of it; its parts do what is asked less often. */
export class Workbench {
  readonly page: Page;
  readonly errors: ConsoleErrors;
  readonly activityBar: ActivityBar;
  readonly notifications: Toasts;
  readonly quickInput: QuickInput;
  readonly statusBar: StatusBar;
  readonly editor: Editor;
  readonly dialog: Dialog;
  readonly inbox: Inbox;

  readonly #changeSettings: ChangeSettings;

  constructor(page: Page, changeSettings: ChangeSettings) {
    this.page = page;
    this.#changeSettings = changeSettings;
    this.errors = new ConsoleErrors(page);
    this.activityBar = new ActivityBar(page);
    this.notifications = new Toasts(page);
    this.quickInput = new QuickInput(page);
    this.statusBar = new StatusBar(page);
    this.editor = new Editor(page);
    this.dialog = new Dialog(page);
    this.inbox = new Inbox(page);
  }

  /** A view with a tree, by the title in its header; *Needs You* has cards, which are told of in the words of rows. */
  tree(viewTitle: 'Needs You'): Inbox;
  tree(viewTitle: string): TreeView | Inbox;
  tree(viewTitle: string): TreeView | Inbox {
    return viewTitle === 'Needs You' ? this.inbox : new TreeView(this.page, viewTitle);
  }

  /** A view's frame: message, welcome text, header buttons. */
  view(viewTitle: 'Needs You'): Inbox;
  view(viewTitle: string): ViewPane;
  view(viewTitle: string): ViewPane | Inbox {
    return viewTitle === 'Needs You' ? this.inbox : new ViewPane(this.page, viewTitle);
  }

  openView(containerTitle: string): Promise<void> {
    return this.activityBar.open(containerTitle);
  }

  badgeOf(containerTitle: string): Promise<number | undefined> {
    return this.activityBar.badgeOf(containerTitle);
  }

  rows(viewTitle: string): Promise<TreeRow[]> {
    return this.tree(viewTitle).rows();
  }

  waitForRow(viewTitle: string, pattern: Pattern): Promise<TreeRow> {
    return this.tree(viewTitle).waitForRow(pattern);
  }

  clickRow(viewTitle: string, pattern: Pattern): Promise<void> {
    return this.tree(viewTitle).clickRow(pattern);
  }

  rowAction(viewTitle: string, pattern: Pattern, action: string): Promise<void> {
    return this.tree(viewTitle).rowAction(pattern, action);
  }

  toasts(): Promise<Toast[]> {
    return this.notifications.all();
  }

  waitForToast(pattern: Pattern): Promise<Toast> {
    return this.notifications.waitFor(pattern);
  }

  clickToastButton(pattern: Pattern, button: string): Promise<void> {
    return this.notifications.click(pattern, button);
  }

  dismissToasts(): Promise<void> {
    return this.notifications.dismissAll();
  }

  waitForQuickInput(pattern?: Pattern): Promise<QuickInputContent> {
    return this.quickInput.waitFor(pattern);
  }

  pickQuickItem(label: string): Promise<void> {
    return this.quickInput.pick(label);
  }

  typeInQuickInput(text: string): Promise<void> {
    return this.quickInput.type(text);
  }

  acceptQuickInput(): Promise<void> {
    return this.quickInput.accept();
  }

  runCommand(title: string): Promise<void> {
    return runCommand(this.page, title);
  }

  statusBarItem(pattern: Pattern): Promise<StatusBarItem> {
    return this.statusBar.waitFor(pattern);
  }

  openFile(name: string): Promise<void> {
    return this.editor.open(name);
  }

  /** Gives the keyboard to the text of a file, at this place. */
  async typeIn(name: string, place: CursorPosition = { line: 1, column: 1 }): Promise<void> {
    await this.editor.open(name);
    await this.editor.goTo(place);
  }

  /**
   * Opens a task by its row, and gives its page the keyboard by a click. The editor gives it by itself as well, and takes it back if rows
   * of the view were read again in that moment.
   */
  async openTask(title: Pattern, heading = String(title)): Promise<TaskPanel> {
    await this.clickRow('Tasks', title);
    const panel = await taskPanel(this.page, heading);
    await clickOn(panel.frame.locator('header h1'), `the heading of ${heading}`);
    await waitForKeyboard(panel.frame, `the panel of ${heading}`);
    return panel;
  }

  /** Opens the Kanban board, and waits until it has the keyboard. */
  async openKanban(command = 'AgentRQ: Open Kanban Board'): Promise<Frame> {
    await this.runCommand(command);
    const frame = await kanbanPage(this.page);
    await waitForKeyboard(frame, 'the Kanban board');
    return frame;
  }

  editorText(): Promise<string> {
    return this.editor.text();
  }

  cursorPosition(): Promise<CursorPosition | undefined> {
    return this.editor.cursorPosition();
  }

  focus(): Promise<FocusInfo> {
    return focusInfo(this.page);
  }

  /** Presses keys, one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Leaves whatever is open over the window: prompts, dialogs, menus. */
  async leaveAll(): Promise<void> {
    for (let layer = 0; layer < 3; layer += 1) await this.press('Escape');
  }

  setTheme(theme: Theme): Promise<void> {
    return setTheme(this.page, this.#changeSettings, theme);
  }

  /** What was last copied. */
  async clipboard(): Promise<string> {
    return String(await this.page.evaluate('navigator.clipboard.readText()'));
  }

  /** Reloads the window; its extension host starts anew. */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: startLimitMs });
    await waitForWorkbench(this.page);
    await waitForExtension(this.page);
  }

  /** Writes a PNG of the window to a file, without a blinking caret. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }
}
