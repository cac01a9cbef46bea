import type { Drafts } from '../shell/drafts.ts';

/**
 * A draft of what is sent with a key. The key stays as long as the words do, so that a second attempt says it once, also after a reload.
 */
export interface KeyedDraft {
  /** Empty if there is none. */
  readonly text: string;
  /** While it is being typed. */
  typed(text: string): void;
  /** Once it was left, or is about to be sent. */
  set(text: string): void;
  /** The key to send it with; it is kept from now on. */
  key(): string;
  /** It was sent. */
  delete(): void;
}

/** The draft `id` among `drafts`, as a line with the key, if it was sent before, and what was typed. */
export function keyedDraft(drafts: Drafts, id: string, randomId: () => string): KeyedDraft {
  function read(): { key: string; text: string } {
    const kept = drafts.get(id);
    const end = kept.indexOf('\n');
    return { key: kept.slice(0, Math.max(0, end)), text: kept.slice(end + 1) };
  }

  const withKey = (text: string): string => `${text === read().text ? read().key : ''}\n${text}`;

  return {
    get text() {
      return read().text;
    },
    typed: (text) => drafts.typed(id, withKey(text)),
    set: (text) => drafts.set(id, withKey(text)),
    key() {
      const { key, text } = read();
      if (key !== '') return key;
      const fresh = randomId();
      drafts.set(id, `${fresh}\n${text}`);
      return fresh;
    },
    delete: () => drafts.delete(id),
  };
}
