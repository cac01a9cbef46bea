import * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { createFilePages, createTextPages } from '../documents/api.ts';
import { panelType } from '../ids.ts';
import { createRuleFlow } from '../rules/api.ts';
import { formatTime } from '../shell/formatTime.ts';
import type { PanelDeps, TaskPages } from './api.ts';
import { createCardOpeners } from './cardOpeners.ts';
import { createPatchEditor } from './patchEditor.ts';
import { readSavedPanel } from './savedPanel.ts';
import { showTask, type TaskPanel } from './taskPanel.ts';
import { tabTitle } from './threadRows.ts';

type TaskKey = { id: string; workspaceId: string; title: string };

/** The panels, one for each task, and the text pages. */
export function createTaskPages(deps: PanelDeps): TaskPages {
  const store = new DisposableStore();
  const texts = store.add(createTextPages(deps));
  const patches = store.add(createPatchEditor());
  const filePages = store.add(createFilePages());
  const panels = new Map<string, TaskPanel>();
  const rules = createRuleFlow({ ...deps, isTrusted: () => vscode.workspace.isTrusted, formatTime, l10n: vscode.l10n });
  const dist = vscode.Uri.file(deps.dist);

  // While a panel is active there is no active text editor.
  let lastEditor = vscode.window.activeTextEditor;
  store.add(vscode.window.onDidChangeActiveTextEditor((editor) => (lastEditor = editor ?? lastEditor)));

  function fill(panel: vscode.WebviewPanel, task: TaskKey): TaskPanel {
    const shown = showTask({ ...deps, panel, task, folder: dist, patches, filePages, rules, lastEditor: () => lastEditor });
    panels.set(task.id, shown);
    const closed: Disposable = panel.onDidDispose(() => {
      panels.delete(task.id);
      shown.dispose();
    });
    store.add({ dispose: () => closed.dispose() });
    return shown;
  }

  function open(task: TaskKey, preserveFocus = false): TaskPanel {
    const known = panels.get(task.id);
    if (known !== undefined) {
      known.panel.reveal(undefined, preserveFocus);
      return known;
    }
    const title = tabTitle(task, vscode.l10n);
    const shown = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
    return fill(vscode.window.createWebviewPanel(panelType, title, shown, {}), task);
  }

  /** The page gets the focus after the prompt: the editor gives it when the page has loaded, and the prompt would lose it by then. */
  async function attach(task: TaskKey): Promise<void> {
    const shown = open(task, true);
    try {
      await shown.attach();
    } finally {
      if (panels.get(task.id) === shown) {
        shown.panel.reveal();
        deps.keepInEditor();
      }
    }
  }

  const readingTask = (): TaskKey | undefined => [...panels.values()].find(({ panel }) => panel.active)?.task;

  store.add({
    dispose: () => {
      for (const { dispose } of panels.values()) dispose();
    },
  });

  return {
    openers: createCardOpeners({ prompts: deps.prompts, patches }),
    async openTask(task, requestId) {
      const shown = open(task);
      deps.keepInEditor();
      if (requestId !== undefined) shown.reveal(requestId);
    },
    async openAsText(task) {
      await texts.openTask(task);
      deps.keepInEditor();
    },
    attach,
    inFront: () => readingTask()?.id ?? texts.inFront(),
    readingTask,
    textOf: (uri) => texts.textOf(uri),
    async restore(panel, state) {
      const saved = readSavedPanel(state);
      // A panel without a known task, or whose task is shown already, is closed.
      if (saved === undefined || panels.has(saved.taskId)) panel.dispose();
      else fill(panel, { id: saved.taskId, workspaceId: saved.workspaceId, title: saved.title });
    },
    dispose: () => store.dispose(),
  };
}
