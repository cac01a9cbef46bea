import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { EventEmitter } from './values.ts';

/** A tab with a page. As in the editor, what is gone must not be touched any more. */
export class FakePanel implements vscode.WebviewPanel {
  readonly viewType = 'agentrq.task';
  title = '';
  iconPath?: vscode.Uri | { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  readonly options: vscode.WebviewPanelOptions = {};
  readonly viewColumn: vscode.ViewColumn | undefined;
  /** It was opened or shown so that its page gets the keyboard: as late as the page has loaded, whatever has it by then. */
  wantsKeyboard = false;
  /** What its page was told. */
  readonly told: unknown[] = [];
  #visible = true;
  #isGone = false;
  readonly #received = new EventEmitter<unknown>();
  readonly #changed = new EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  readonly #disposed = new EventEmitter<void>();
  readonly onDidChangeViewState = this.#changed.event;
  readonly onDidDispose = this.#disposed.event;
  readonly webview: vscode.Webview = {
    options: {},
    html: '',
    cspSource: 'https://csp.test',
    onDidReceiveMessage: this.#received.event,
    asWebviewUri: (uri) => uri,
    postMessage: (message) => {
      this.#there();
      this.told.push(message);
      return Promise.resolve(true);
    },
  };

  get active(): boolean {
    return this.visible;
  }

  get visible(): boolean {
    this.#there();
    return this.#visible;
  }

  #there(): void {
    assert.equal(this.#isGone, false, 'Webview is disposed');
  }

  /** What the page says. */
  say(message: unknown): void {
    this.#received.fire(message);
  }

  /** The user goes to another tab, or comes back. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.#changed.fire({ webviewPanel: this });
  }

  reveal(_viewColumn?: vscode.ViewColumn, preserveFocus = false): void {
    this.#there();
    if (!preserveFocus) this.wantsKeyboard = true;
    this.show(true);
  }

  /** The user closes it. */
  dispose(): void {
    this.#isGone = true;
    this.#disposed.fire();
  }
}
