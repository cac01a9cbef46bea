import * as vscode from 'vscode';
import type { Request } from '../../protocol/model.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import { coalesce } from '../shell/coalesce.ts';
import { followBoard } from '../shell/followBoard.ts';
import { committedFile } from '../shell/git.ts';
import { strayMs } from '../shell/heldPrompt.ts';
import { answerOfWords } from '../text/answerOfWords.ts';
import { visibleLine } from '../text/visibleText.ts';
import { anchor } from './anchor.ts';
import type { ReviewVerdict, Threads, ThreadsDeps } from './api.ts';
import { locationPath } from './locationPath.ts';
import { answerText, asker, choiceLinks, questionText, threadLabel, verdictLinks } from './threadText.ts';

type LocatedRequest = Request & { place: NonNullable<Request['place']> };

/** A comment thread with the id of its request. */
type Thread = vscode.CommentThread & { requestId?: string };

interface Shown {
  request: LocatedRequest;
  /** The name of the agent when the thread was drawn. */
  name: string;
  uri: vscode.Uri;
  thread: Thread;
  /** When what can be pressed in it came, or moved. Milliseconds since 1970. */
  movedAt: number;
}

const settleMs = 200;

/** Shows each request with a location as a comment thread in the files of this window's folders. */
export function createThreads(deps: ThreadsDeps): Threads {
  const { board, prompts, answers, clock, l10n } = deps;
  const store = new DisposableStore();
  const controller = store.add(vscode.comments.createCommentController('agentrq', 'AgentRQ'));
  controller.options = { prompt: l10n.t('Answer'), placeHolder: l10n.t('Your answer') };
  const shown = new Map<string, Shown>();

  function uriOf({ workspaceId, place }: LocatedRequest): vscode.Uri | undefined {
    const { folder } = board.board.workspaces.get(workspaceId) ?? {};
    if (folder === undefined) return undefined;
    const root = vscode.Uri.parse(folder);
    return root.with({ path: locationPath(root.path, place.file) });
  }

  function update(): void {
    const wanted = [...board.board.requests.values()].filter(hasLocation);
    for (const [id, { uri, thread }] of shown) {
      if (isHere(uri) && wanted.some((request) => request.id === id)) continue;
      thread.dispose();
      shown.delete(id);
    }
    for (const request of wanted) {
      const known = shown.get(request.id);
      const name = asker(board.board, request, l10n);
      if (known?.request === request && known.name === name) continue;
      const uri = known?.uri ?? uriOf(request);
      if (uri === undefined || !isHere(uri)) continue;
      draw({ request, name, uri, thread: known?.thread ?? create(request, uri), movedAt: clock.now() });
    }
  }

  function create(request: LocatedRequest, uri: vscode.Uri): Thread {
    const thread: Thread = controller.createCommentThread(uri, rangeAt(request.place.line), []);
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    thread.requestId = request.id;
    return thread;
  }

  function draw(each: Shown): void {
    const { request, name, thread } = each;
    shown.set(request.id, each);
    const isOpen = request.status === 'open';
    const comments: vscode.Comment[] = [comment(name, questionText(request, l10n), request.createdAt)];
    if (isOpen && (mayChoose(request) || mayDecide(request))) comments.push(comment('AgentRQ', linksTo(request)));
    if (request.answer !== undefined) comments.push(comment(l10n.t('You'), answerText(request.answer, l10n), request.answer.at));
    thread.comments = comments;
    thread.canReply = isOpen;
    thread.contextValue = isOpen ? request.kind : 'answered';
    thread.state = isOpen ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
    if (!isOpen) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    follow(each);
  }

  /** Moves a thread to the present line of its code. Only documents that are open are searched. */
  function follow(moving: Shown): number {
    const { request, uri, thread } = moving;
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const { line, found } =
      document === undefined ? { line: request.place.line, found: true } : anchor(document.getText().split(/\r\n|\r|\n/), request.place);
    const label = threadLabel(board.board, request, found, l10n);
    if (thread.label !== label) thread.label = label;
    if (thread.range?.start.line !== line - 1) {
      thread.range = rangeAt(line);
      moving.movedAt = clock.now();
    }
    return line;
  }

  const due = store.add(coalesce(clock, settleMs, () => shown.forEach(follow)));
  const isShown = (uri: vscode.Uri): boolean => [...shown.values()].some((each) => each.uri.toString() === uri.toString());
  store.add(vscode.workspace.onDidChangeTextDocument(({ document }) => isShown(document.uri) && due.request()));
  store.add(vscode.workspace.onDidOpenTextDocument(({ uri }) => isShown(uri) && due.request()));
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(update));
  store.add(followBoard(board, update));

  /** Whether the file may be opened. Outside of this window's folders the user confirms the full path. */
  async function mayOpen(uri: vscode.Uri): Promise<boolean> {
    if (isHere(uri)) return true;
    const pressed = await prompts.confirm(
      l10n.t('Open a file outside of this window’s folders?'),
      l10n.t('The agent names {0}, which is in no folder that is open here.', visibleLine(uri.fsPath)),
      [l10n.t('Open File')],
    );
    return pressed !== undefined;
  }

  /** The request of a thread that was there long enough for a press to be meant for it. */
  function pressable(requestId: unknown): LocatedRequest | undefined {
    const each = typeof requestId === 'string' ? shown.get(requestId) : undefined;
    return each === undefined || clock.now() - each.movedAt < strayMs ? undefined : each.request;
  }

  return {
    async open(request) {
      const uri = hasLocation(request) ? uriOf(request) : undefined;
      if (!hasLocation(request) || uri === undefined) return false;
      if (!(await mayOpen(uri))) return true;
      try {
        const document = await vscode.workspace.openTextDocument(uri);
        const each = shown.get(request.id);
        const line = each === undefined ? anchor(document.getText().split(/\r\n|\r|\n/), request.place).line : follow(each);
        const committed = request.kind === 'review' ? await committedFile(uri) : undefined;
        if (committed === undefined) await vscode.window.showTextDocument(document, { selection: rangeAt(line) });
        else {
          const title = l10n.t('{0} (changes since the last commit)', visibleLine(request.place.file));
          await vscode.commands.executeCommand('vscode.diff', committed, uri, title, { selection: rangeAt(line) });
        }
        deps.keepInEditor();
        if (each !== undefined) each.thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
        return true;
      } catch {
        void prompts.toast('warning', l10n.t('{0} can’t be opened. The whole request is on its page.', visibleLine(request.place.file)));
        return false;
      }
    },
    async choose(requestId, index) {
      const request = pressable(requestId);
      const choice = typeof index === 'number' ? request?.choices[index] : undefined;
      if (request !== undefined && choice !== undefined && mayChoose(request)) await answers.send(request.id, { choices: [choice] });
    },
    async reply(argument, verdict?: ReviewVerdict) {
      if (typeof argument === 'string') {
        const request = pressable(argument);
        if (request !== undefined && mayDecide(request) && verdict !== undefined) await answers.send(request.id, { decision: verdict });
        return;
      }
      const { thread, text } = argument as vscode.CommentReply;
      const { requestId } = thread as Thread;
      if (requestId === undefined) return;
      const { choices = [] } = shown.get(requestId)?.request ?? {};
      const note = text.trim();
      if (verdict !== undefined) await answers.send(requestId, { decision: verdict, ...(note !== '' && { note }) });
      else if (note !== '') await answers.send(requestId, answerOfWords({ choices }, text));
    },
    dispose: () => store.dispose(),
  };

  /** Links to the commands that answer, which are the only ones that they can run. */
  function linksTo(request: Request): vscode.MarkdownString {
    const isReview = request.kind === 'review';
    const links = new vscode.MarkdownString(isReview ? verdictLinks(request, l10n) : choiceLinks(request));
    links.isTrusted = { enabledCommands: isReview ? [commandIds.approveInCode, commandIds.sendBackInCode] : [commandIds.chooseInCode] };
    return links;
  }

  function comment(name: string, body: string | vscode.MarkdownString, at?: string): vscode.Comment {
    return { author: { name }, body, mode: vscode.CommentMode.Preview, ...(at !== undefined && { timestamp: new Date(at) }) };
  }
}

/** One press answers it. */
function mayChoose({ kind, choices, multiple, dialog }: Request): boolean {
  return kind === 'question' && choices.length > 0 && !multiple && dialog === undefined;
}

/** One press decides on it. */
function mayDecide({ kind, dialog }: Request): boolean {
  return kind === 'review' && dialog === undefined;
}

/** Whether the file is in a folder of this window. */
function isHere(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** An empty range at the beginning of the line; lines start at 1. */
function rangeAt(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}

function hasLocation(request: Request): request is LocatedRequest {
  return request.place !== undefined && request.kind !== 'permission';
}
