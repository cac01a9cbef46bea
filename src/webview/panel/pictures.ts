import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { FileRow, ToPage } from '../../protocol/toPanelPage.ts';

/** What is there of a picture. `waiting`: it has been asked for, or will be. */
export type Shown =
  | { kind: 'waiting' }
  | { kind: 'failed'; problem: string }
  | { kind: 'shown'; url: string; width: number; height: number };

/** The pictures of the rows that are drawn. Bytes come from the panel alone, a few at a time, and what isn't drawn any more makes room. */
export interface Pictures {
  /** Asked for while its row is drawn. */
  of(file: Pick<FileRow, 'attachmentId'>): Shown;
  hear(message: Extract<ToPage, { type: 'picture' }>): void;
}

const askedAtATime = 2;
const heldBytes = 64 * 1024 * 1024;
const waiting: Shown = { kind: 'waiting' };

/** @param deps.redraw called when there is more to show */
export function createPictures(deps: {
  tell: (message: FromPage) => void;
  redraw: () => void;
  /** Where bytes are shown from, until that is taken back. */
  urls: { make(bytes: ArrayBuffer, mimeType: string): string; isDrawn(url: string): boolean; takeBack(url: string): void };
}): Pictures {
  const { urls } = deps;
  const asked = new Set<string>();
  const known = new Map<string, { shown: Shown; bytes: number }>();
  const held = (): number => [...known.values()].reduce((sum, { bytes }) => sum + bytes, 0);

  function makeRoom(): void {
    for (const [id, { shown }] of known) {
      if (held() <= heldBytes) return;
      if (shown.kind !== 'shown' || urls.isDrawn(shown.url)) continue;
      urls.takeBack(shown.url);
      known.delete(id);
    }
  }

  return {
    of({ attachmentId }) {
      const there = known.get(attachmentId);
      if (there !== undefined) return there.shown;
      if (asked.has(attachmentId) || asked.size >= askedAtATime) return waiting;
      makeRoom();
      // As long as all of that is on the screen, no more is asked for.
      if (held() > heldBytes) return waiting;
      asked.add(attachmentId);
      deps.tell({ type: 'showPicture', attachmentId });
      return waiting;
    },
    hear({ attachmentId, picture }) {
      asked.delete(attachmentId);
      if ('problem' in picture) known.set(attachmentId, { shown: { kind: 'failed', problem: picture.problem }, bytes: 0 });
      else {
        const { mimeType, width, height, bytes } = picture;
        const shown: Shown = { kind: 'shown', url: urls.make(bytes, mimeType), width, height };
        known.set(attachmentId, { shown, bytes: bytes.byteLength });
      }
      deps.redraw();
    },
  };
}
