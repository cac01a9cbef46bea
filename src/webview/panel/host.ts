import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { Chip, SavedPanel, ToPage } from '../../protocol/toPanelPage.ts';

/** What is kept when the page goes: while its tab is hidden, and over a reload of the window. */
export interface SavedPage {
  saved?: SavedPanel;
  /** What was typed and not sent, by the box it was typed into. */
  drafts: Record<string, string>;
  /** Choices that were ticked and not sent, by request. */
  ticks: Record<string, readonly string[]>;
  /** Files that are to go with the next message. */
  files: readonly Chip[];
  /** The row at the top and how far it is scrolled out; without it, the page stands at its end. */
  top?: { id: string; offset: number };
  timeline: boolean;
}

interface Editor {
  postMessage(message: FromPage): void;
  getState(): Partial<SavedPage> | undefined;
  setState(state: SavedPage): void;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
let state: SavedPage = { drafts: {}, ticks: {}, files: [], timeline: false, ...editor.getState() };

/** The panel's end of the page. */
export const host = {
  tell: (message: FromPage): void => editor.postMessage(message),
  /** `listener` hears what the panel says. */
  listen(listener: (message: ToPage) => void): void {
    // Only the editor's own frame can reach this one; its messages are ours.
    window.addEventListener('message', (event: MessageEvent<ToPage>) => listener(event.data));
  },
  get state(): SavedPage {
    return state;
  },
  save(change: Partial<SavedPage>): void {
    host.replace({ ...state, ...change });
  },
  replace(next: SavedPage): void {
    state = next;
    editor.setState(state);
  },
  ticks: (key: string): readonly string[] => state.ticks[key] ?? [],
  tick(key: string, values: readonly string[]): void {
    host.save({ ticks: { ...state.ticks, [key]: values } });
  },
  draft: (box: string): string => state.drafts[box] ?? '',
  keepDraft(box: string, text: string): void {
    const { [box]: _, ...others } = state.drafts;
    host.save({ drafts: text === '' ? others : { ...others, [box]: text } });
  },
};
