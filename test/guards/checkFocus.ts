// What takes the keyboard away from where it is. Each stands only in files that are named here with the gesture that leads to them:
// nothing else may move the focus, so nothing that happens by itself can.

/** Calls that take the focus, by the words they are found by. A call that is told to leave it alone is none. */
const takers: readonly { what: string; pattern: RegExp; unless?: RegExp }[] = [
  { what: 'shows a document', pattern: /\bshowTextDocument\(/g, unless: /preserveFocus: true/ },
  { what: 'shows a notebook', pattern: /\bshowNotebookDocument\(/g, unless: /preserveFocus: true/ },
  { what: 'makes a panel', pattern: /\bcreateWebviewPanel\(/g, unless: /preserveFocus: true/ },
  { what: 'reveals something', pattern: /\.reveal\(/g, unless: /focus: false|, true\)/ },
  { what: 'runs a command', pattern: /\bexecuteCommand\(/g, unless: /^executeCommand\(\s*'setContext'/ },
  { what: 'opens a prompt', pattern: /\b(?:showQuickPick|showInputBox|createQuickPick|createInputBox|showWorkspaceFolderPick)\b/g },
  { what: 'opens a dialog', pattern: /\b(?:showOpenDialog|showSaveDialog)\(|\bmodal: true/g },
  { what: 'opens another program', pattern: /\bopenExternal\(/g },
  { what: 'shows a channel or a terminal', pattern: /\b(?:channel|terminal|output)\.show\(/g, unless: /show\(true\)/ },
  { what: 'asks the user', pattern: /\bprompts\.(?:pickOne|pickMany|search|input|confirm)\b/g },
];

/** The files of a page that may call `focus`, and what has to stand before it there. */
export const keyboardFiles: Readonly<Record<string, RegExp>> = {
  'src/webview/focusIfPageActive.ts': /!document\.hasFocus\(\)\) return false;\s+element$/,
  'src/webview/tellKeyboard.ts': /if \(event\.data\.type !== 'takeKeyboard'\) return;\s+event\.stopImmediatePropagation\(\);\s+globalThis$/,
};

/** What takes the keyboard in a page by itself, a sentence each. */
export function checkPageFocus(path: string, text: string): string[] {
  const code = withoutComments(text);
  const found = [...code.matchAll(/\.(?:focus|showModal)\(|\bautofocus\b|\.autofocus\b/g)];
  return found.some(({ index }) => keyboardFiles[path]?.test(code.slice(0, index)) !== true)
    ? [`${path} takes the keyboard without a look whether the page has it: use focusIfPageActive`]
    : [];
}

/** Where the focus may be taken, and what the user did just before. Folders end with a slash. */
export const gestures: Readonly<Record<string, string>> = {
  'src/extension.ts': 'the command that shows the log',
  'src/ui/shell/vscodePrompts.ts': 'who asks the user by it stands here as well',
  'src/ui/shell/inputPrompt.ts': 'the same',
  'src/ui/shell/pickItems.ts': 'the same',
  'src/ui/shell/keepKeyboard.ts': 'the same, for a prompt that was just opened',
  'src/ui/shell/keepInEditor.ts': 'the command that has just opened a tab',
  'src/ui/connect/': 'the commands that connect agents',
  'src/ui/tree/rowTreeView.ts': 'a click on a row',
  'src/ui/shell/showNeedsYou.ts': 'a button of a toast',
  'src/ui/panel/cardOpeners.ts': 'the button “Show Terminal” of a card',
  'src/ui/panel/chooseFiles.ts': 'a button of a page, or a command',
  'src/ui/documents/filePages.ts': 'a button of a page',
  'src/ui/panel/threadFiles.ts': 'a button of a page',
  'src/ui/panel/openLink.ts': 'a click on a link',
  'src/ui/panel/openLocation.ts': 'a click on a place',
  'src/ui/panel/panel.ts': 'a click on a row or on “Open”',
  'src/ui/panel/patchEditor.ts': 'a click on a patch',
  'src/ui/panel/taskPanel.ts': 'the button “Stop…” of the page',
  'src/ui/documents/textPages.ts': 'a command; beside a decision that was asked for, without the focus',
  'src/ui/code/codeThreads.ts': 'a command on a thread or a row',
  'src/ui/notifications/snoozeFlow.ts': 'a command',
  'src/ui/answer/reviewPrompt.ts': 'a click on a row, a toast or a page, or the command for the next request',
  'src/ui/shell/fileDialogs.ts': 'a choice in a prompt, or a command',
  'src/ui/decisions/': 'a command',
  'src/ui/answer/manageAnswers.ts': 'a command',
  'src/ui/rules/importRules.ts': 'a command',
  'src/ui/rules/manageRules.ts': 'a command',
  'src/ui/dialogs/': 'a click on a row, a toast or a page, or the command for the next request',
  'src/ui/answer/permissionPrompt.ts': 'a click on a row, a toast or a page, or the command for the next request',
  'src/ui/answer/questionPrompt.ts': 'the same',
  'src/ui/rules/ruleFlow.ts': 'a choice in a prompt',
  'src/ui/answer/sameAnswer.ts': 'an answer in a prompt',
  'src/ui/answer/sameVerdict.ts': 'a verdict in a prompt, or a button of a toast',
  'src/ui/answer/retract.ts': 'a command',
  'src/ui/send/': 'a command',
  'src/ui/tasks/': 'a command',
  'src/ui/send/replyFlow.ts': 'a command, or “Reply…”',
  'src/ui/shell/pickTask.ts': 'a command',
  'src/ui/shell/pickWorkspace.ts': 'a command',
  'src/ui/needsYou/commands.ts': 'a command',
  'src/ui/needsYou/cardsPage.ts': 'a key or a button of a card',
  'src/ui/needsYou/requestPages.ts': 'a command, or a button of a prompt, a toast or a card',
  'src/ui/kanban/kanban.ts': 'a command',
  'src/ui/kanban/register.ts': 'a card of the board',
  'src/ui/links/register.ts': 'a link that the user opened',
};

/** What takes the focus in a file where no gesture leads to, a sentence each. `path` is below the root, with slashes. */
export function checkFocus(path: string, text: string, allowed: readonly string[] = Object.keys(gestures)): string[] {
  if (allowed.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one))) return [];
  return takesFocus(text).map((what) => `${path} ${what}, and nothing says after which gesture`);
}

/** The ways in which a file takes the focus. */
export function takesFocus(text: string): string[] {
  const code = withoutComments(text);
  return takers
    .filter(({ pattern, unless }) => [...code.matchAll(pattern)].some(({ index }) => unless?.test(callAt(code, index)) !== true))
    .map(({ what }) => what);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

/** The call that begins at `start`, up to where its bracket closes. */
function callAt(code: string, start: number): string {
  let depth = 0;
  for (let at = code.indexOf('(', start); at !== -1 && at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    if (depth === 0) return code.slice(start, at + 1).replace(/^\./, '');
  }
  return code.slice(start);
}
