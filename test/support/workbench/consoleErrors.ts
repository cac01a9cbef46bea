import type { Page } from 'playwright-core';

/** What the web workbench says on its own, wherever it runs without its gallery and its closed-source parts. */
const expected = [
  /net::ERR_NAME_NOT_RESOLVED/,
  /getaddrinfo (ENOTFOUND|EAI_AGAIN)/,
  /Failed to load resource: the server responded with a status of 404/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /Timed out waiting for authentication provider/,
  /Long running operations during shutdown are unsupported in the web/,
  /_static\/out\/browser\/serviceWorker\.js/,
  /status of 405 \(Method Not Allowed\)/,
  /Method Not Allowed\n\s+at \w+\.getServerKeyPart/,
  // What the oldest editor says of its MCP client, whose log is named after us, when a window is loaded anew.
  /Unable to write file 'vscode-log:[^']+' \(Error: IndexedDB database 'vscode-web-db' is closed\.\)/,
  /Collection or definition not found for agentrq\.agentrq\/agentrq\.hub and/,
  // What it looks for in the folder of a window when that was moved elsewhere.
  /Unable to resolve nonexistent file '[^']+'\n\s+at [^\n]+\n\s+at async \w+\.findWorkspaces /,
  // A press on a row that has just gone: the editor's list still has the row, its tree has not, and the press does nothing.
  /TreeError \[agentrq\.\w+\] Data tree node not found: [^]*onViewPointer/,
  // Those of the editor's own that the server of the tests has not.
  /Activating extension 'vscode\.[\w-]+' failed: Not Found/,
];

/** Errors of a page's console and uncaught errors of its scripts, from the moment it is made. */
export class ConsoleErrors {
  readonly #lines: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#lines.push(message.text());
    });
    page.on('pageerror', (error) => this.#lines.push(error.stack ?? error.message));
  }

  /** All of them so far, without those any web workbench prints. */
  get unexpected(): readonly string[] {
    return this.#lines.filter((line) => !expected.some((pattern) => pattern.test(line)));
  }

  /** All of them so far. */
  get all(): readonly string[] {
    return this.#lines;
  }
}
