import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { ToInbox } from '../../protocol/toInboxPage.ts';

/** What is kept when the page goes: while its view is hidden, and over a reload of the window. */
export interface SavedInbox {
  /** What was typed and not sent, by the box it was typed into. */
  drafts: Record<string, string>;
  /** Choices that were ticked and not sent, by request. */
  ticks: Record<string, readonly string[]>;
  /** The card that has the keyboard, or had it last. */
  focused?: string | undefined;
  /** The card that is open. */
  reading?: string | undefined;
  showsSent: boolean;
}

interface Editor {
  postMessage(message: FromInbox): void;
  getState(): Partial<SavedInbox> | undefined;
  setState(state: SavedInbox): void;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
let state: SavedInbox = { drafts: {}, ticks: {}, showsSent: false, ...editor.getState() };

/** The inbox behind the page. */
export const host = {
  tell: (message: FromInbox): void => editor.postMessage(message),
  /** Only the editor reaches this page, so what comes is what the inbox has sent. */
  listen(take: (message: ToInbox) => void): void {
    globalThis.addEventListener('message', ({ data }: MessageEvent<ToInbox>) => take(data));
  },
  get state(): SavedInbox {
    return state;
  },
  save(change: Partial<SavedInbox>): void {
    state = { ...state, ...change };
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
