import type * as vscode from 'vscode';
import { CommentThreadCollapsibleState } from './values.ts';

export class FakeThread implements vscode.CommentThread {
  readonly uri: vscode.Uri;
  range: vscode.Range | undefined;
  comments: readonly vscode.Comment[];
  collapsibleState: vscode.CommentThreadCollapsibleState = CommentThreadCollapsibleState.Collapsed;
  canReply: boolean | vscode.CommentAuthorInformation = true;
  contextValue?: string;
  label?: string;
  state?: vscode.CommentThreadState;
  readonly #disposed: () => void;

  constructor(uri: vscode.Uri, range: vscode.Range, comments: readonly vscode.Comment[], disposed: (thread: FakeThread) => void) {
    this.uri = uri;
    this.range = range;
    this.comments = comments;
    this.#disposed = () => disposed(this);
  }

  dispose(): void {
    this.#disposed();
  }
}

export class FakeController implements vscode.CommentController {
  readonly id: string;
  readonly label: string;
  options?: vscode.CommentOptions;
  commentingRangeProvider?: vscode.CommentingRangeProvider;
  reactionHandler?: (comment: vscode.Comment, reaction: vscode.CommentReaction) => Thenable<void>;
  /** Those that the user sees. */
  readonly threads: FakeThread[] = [];

  constructor(id: string, label: string) {
    this.id = id;
    this.label = label;
  }

  createCommentThread(uri: vscode.Uri, range: vscode.Range, comments: readonly vscode.Comment[]): FakeThread {
    const thread = new FakeThread(uri, range, comments, (each) => this.threads.splice(this.threads.indexOf(each), 1));
    this.threads.push(thread);
    return thread;
  }

  dispose(): void {
    this.threads.length = 0;
  }
}
