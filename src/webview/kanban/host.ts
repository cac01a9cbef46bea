import type { ColumnStatus } from '../../protocol/columns.ts';
import type { FromAnyPage } from '../../protocol/fromAnyPage.ts';
import type { FromKanban } from '../../protocol/fromKanbanPage.ts';
import type { ToKanban } from '../../protocol/toKanbanPage.ts';
import { tellKeyboard } from '../tellKeyboard.ts';
import { type CardFilter, noFilter } from './kanbanModel.ts';

/** What the page keeps over a reload. */
export interface PageState {
  filter: CardFilter;
  /** The columns of which only the heading is shown. */
  folded: readonly ColumnStatus[];
  focused: string | undefined;
}

interface Editor {
  postMessage(message: FromKanban | FromAnyPage): void;
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
tellKeyboard((message) => editor.postMessage(message));

/** The board behind the page. */
export const host = {
  tell: (message: FromKanban): void => editor.postMessage(message),
  saved(): PageState {
    const { filter, folded = ['completed', 'rejected'], focused } = editor.getState() ?? {};
    return { filter: { ...noFilter, ...filter }, folded, focused };
  },
  save: (state: PageState): void => editor.setState(state),
  /** Only the editor reaches this page, so what comes is what the board has sent. */
  listen(take: (message: ToKanban) => void): void {
    globalThis.addEventListener('message', ({ data }: MessageEvent<ToKanban>) => take(data));
  },
};
