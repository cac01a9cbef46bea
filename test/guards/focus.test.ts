import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFocus, checkPageFocus, gestures, keyboardFiles, takesFocus } from './checkFocus.ts';

const root = join(import.meta.dirname, '../..');

describe('the keyboard focus', () => {
  const all = globSync('src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  const files = all.filter((path) => !path.startsWith('src/webview/'));
  const ofPages = all.filter((path) => path.startsWith('src/webview/'));
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

  it('is taken only where a gesture of the user leads', () => {
    assert.deepEqual(
      files.flatMap((path) => checkFocus(path, textOf(path))),
      [],
    );
  });

  it('is moved inside of a page only while the page has it', () => {
    assert.ok(Object.keys(keyboardFiles).every((path) => /\.focus\(/.test(textOf(path))) && ofPages.length > 10);
    assert.deepEqual(
      ofPages.flatMap((path) => checkPageFocus(path, textOf(path))),
      [],
    );
  });

  for (const line of [
    'row.focus();',
    "document.getElementById('x')?.focus({ preventScroll: true });",
    'dialog.showModal();',
    '<input autofocus />',
  ])
    it(`would not pass in a page: ${line}`, () => {
      assert.match(checkPageFocus('src/webview/planted.ts', `export {};\n${line}\n`).join('\n'), /use focusIfPageActive/);
      for (const path of Object.keys(keyboardFiles)) assert.notDeepEqual(checkPageFocus(path, `${textOf(path)}${line}\n`), []);
      assert.deepEqual(checkPageFocus('src/webview/planted.ts', `// ${line}\n/** ${line} */\n`), []);
    });

  it('is taken in every file that is named for it', () => {
    const idle = Object.keys(gestures).filter((named) => {
      const meant = files.filter((path) => (named.endsWith('/') ? path.startsWith(named) : path === named));
      return !meant.some((path) => takesFocus(textOf(path)).length > 0);
    });
    assert.deepEqual(idle, []);
  });

  const planted: [string, RegExp][] = [
    ['await vscode.window.showTextDocument(document);', /shows a document/],
    ['await vscode.window.showTextDocument(document, { preview: false });', /shows a document/],
    ["vscode.window.createWebviewPanel('x', title, vscode.ViewColumn.One);", /makes a panel/],
    ['void tree.reveal(row, { select: true, focus: true });', /reveals something/],
    ['panel.reveal();', /reveals something/],
    ["await vscode.commands.executeCommand('agentrq.inbox.focus');", /runs a command/],
    ["await vscode.window.showQuickPick(['a']);", /opens a prompt/],
    ['const box = vscode.window.createInputBox();', /opens a prompt/],
    ["vscode.window.showWarningMessage('x', { modal: true });", /opens a dialog/],
    ['await vscode.env.openExternal(uri);', /opens another program/],
    ['channel.show();', /shows a channel/],
    ["const answer = await prompts.pickOne(items, { title: '', placeholder: '' });", /asks the user/],
    ['return deps.prompts.confirm(title, detail, []);', /asks the user/],
  ];
  for (const [line, expected] of planted) {
    it(`would not pass in a file that nobody named: ${line}`, () => {
      assert.match(checkFocus('src/ui/planted.ts', `export {};\n${line}\n`).join('\n'), expected);
    });
  }

  it('stays where it is when the call says so, or when there is no call', () => {
    for (const line of [
      'await vscode.window.showTextDocument(document, { preserveFocus: true });',
      'void tree.reveal(row, { select: true, focus: false });',
      'panel.reveal(column, true);',
      "await vscode.commands.executeCommand('setContext', key, value);",
      '// showQuickPick() would take the focus',
      '/** Unlike prompts.pickOne. */',
      'channel.show(true);',
    ])
      assert.deepEqual(takesFocus(line), [], line);
  });
});
