import type { FromKanban } from '../../protocol/fromKanbanPage.ts';
import type { ToKanban } from '../../protocol/toKanbanPage.ts';

/** What the page keeps over a reload. */
export interface PageState {
  words: string;
  focused: string | undefined;
}

interface Editor {
  postMessage(message: FromKanban): void;
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();

/** The board behind the page. */
export const host = {
  tell: (message: FromKanban): void => editor.postMessage(message),
  saved(): PageState {
    const { words = '', focused } = editor.getState() ?? {};
    return { words, focused };
  },
  save: (state: PageState): void => editor.setState(state),
  /** Only the editor reaches this page, so what comes is what the board has sent. */
  listen(take: (message: ToKanban) => void): void {
    globalThis.addEventListener('message', ({ data }: MessageEvent<ToKanban>) => take(data));
  },
};
