import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { Task } from '../../protocol/model.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { taskFileScheme } from '../ids.ts';
import { taskTitle } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { fileName } from '../text/safeFileName.ts';
import { readTaskText, taskText, type Words } from './taskWords.ts';

/** The words of tasks as files: the user edits one, and saving it changes the task. */
export interface TaskFiles extends Disposable {
  /** Opens the words of a task in an editor. */
  open(task: Task): Promise<void>;
}

/** `change` gives a task other words. It fails like `HubApi.call`. */
export function createTaskFiles(deps: { board: BoardStore; change(task: Task, words: Words): Promise<void>; l10n: L10n }): TaskFiles {
  const { board, l10n } = deps;
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  /** The words that an editor may show, and when they were seen to be others. Milliseconds since 1970. */
  const known = new Map<string, { text: string; mtime: number }>();

  function find(uri: vscode.Uri): Task {
    const task = board.board.tasks.get(uri.path.split('/')[1] ?? '');
    if (task === undefined) throw vscode.FileSystemError.FileNotFound(l10n.t('This task is not on the board any more.'));
    return task;
  }

  function look(task: Task): { text: string; mtime: number } {
    const text = taskText(task);
    const before = known.get(task.id);
    if (before?.text === text) return before;
    const now = { text, mtime: Math.max(Date.parse(task.updatedAt), (before?.mtime ?? 0) + 1) };
    known.set(task.id, now);
    return now;
  }

  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions(l10n.t('Only the words of a task can be changed here.'));
  };

  store.add(
    vscode.workspace.registerFileSystemProvider(
      taskFileScheme,
      {
        onDidChangeFile: changed.event,
        watch: () => new vscode.Disposable(() => {}),
        stat(uri) {
          const { text, mtime } = look(find(uri));
          return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text) };
        },
        readFile: (uri) => Buffer.from(look(find(uri)).text),
        async writeFile(uri, content) {
          const task = find(uri);
          const words = readTaskText(Buffer.from(content).toString('utf8'));
          if (words === undefined) throw new vscode.FileSystemError(l10n.t('Write the title in the first line. Nothing was changed.'));
          await deps.change(task, words);
        },
        readDirectory: () => [],
        createDirectory: refuse,
        delete: refuse,
        rename: refuse,
      },
      { isCaseSensitive: true },
    ),
  );
  store.add(
    board.onDidChange(({ event }) => {
      if (event.type !== 'task.updated' && event.type !== 'task.deleted') return;
      const { id } = event.payload;
      if (!known.has(id) || (event.type === 'task.updated' && known.get(id)?.text === taskText(event.payload))) return;
      const type = event.type === 'task.deleted' ? vscode.FileChangeType.Deleted : vscode.FileChangeType.Changed;
      const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === taskFileScheme && uri.path.startsWith(`/${id}/`));
      changed.fire(open.map(({ uri }) => ({ type, uri })));
    }),
  );

  return {
    async open(task) {
      const uri = vscode.Uri.from({ scheme: taskFileScheme, path: `/${task.id}/${fileName(taskTitle(task, l10n)).slice(0, 60)}.md` });
      await vscode.window.showTextDocument(uri);
    },
    dispose: () => store.dispose(),
  };
}
