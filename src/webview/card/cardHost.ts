import type { FromAnyPage } from '../../protocol/fromAnyPage.ts';
import { tellKeyboard } from '../tellKeyboard.ts';

/** What every page with cards keeps when it goes: while it is hidden, and over a reload of the window. */
export interface KeptCards {
  /** What was typed and not sent, by the box it was typed into. */
  drafts: Record<string, string>;
  /** Choices that were ticked and not sent, by request. */
  ticks: Record<string, readonly string[]>;
}

/** What a page says and hears, and what it keeps. */
interface Page {
  out: unknown;
  in: unknown;
  state: KeptCards;
}

interface Editor<P extends Page> {
  postMessage(message: P['out'] | FromAnyPage): void;
  getState(): Partial<P['state']> | undefined;
  setState(state: P['state']): void;
}

declare function acquireVsCodeApi(): unknown;

/** The page's end of the extension. To be called once for a page. */
export function createCardHost<P extends Page>(initial: P['state']) {
  const editor = acquireVsCodeApi() as Editor<P>;
  tellKeyboard((message) => editor.postMessage(message));
  let state: P['state'] = { ...initial, ...editor.getState() };
  const host = {
    tell: (message: P['out']): void => editor.postMessage(message),
    /** Only the editor reaches this page, so what comes is what the extension has sent. */
    listen(take: (message: P['in']) => void): void {
      globalThis.addEventListener('message', ({ data }: MessageEvent<P['in']>) => take(data));
    },
    get state(): P['state'] {
      return state;
    },
    save(change: Partial<P['state']>): void {
      host.replace({ ...state, ...change });
    },
    replace(next: P['state']): void {
      state = next;
      editor.setState(state);
    },
    ticks: (key: string): readonly string[] => state.ticks[key] ?? [],
    tick(key: string, values: readonly string[]): void {
      host.replace({ ...state, ticks: { ...state.ticks, [key]: values } });
    },
    draft: (box: string): string => state.drafts[box] ?? '',
    keepDraft(box: string, text: string): void {
      const { [box]: _, ...others } = state.drafts;
      host.replace({ ...state, drafts: text === '' ? others : { ...others, [box]: text } });
    },
  };
  return host;
}
