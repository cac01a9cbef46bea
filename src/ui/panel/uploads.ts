import type { HubApi } from '../../client/hubApi.ts';
import { limits } from '../../protocol/limits.ts';
import type { Chip } from '../../protocol/toPanelPage.ts';
import { sizeWords } from '../../util/sizeWords.ts';
import { explainFailure, isHubError } from '../shell/explainFailure.ts';
import type { L10n } from '../text/l10n.ts';
import { visibleLine } from '../text/visibleText.ts';

/** A file that the person has chosen in the editor. */
export type ChosenFile = { name: string; mimeType: string } & (
  | { bytes: Uint8Array<ArrayBuffer> }
  /** Too large to be read for nothing. */
  | { size: number }
  /** Why it can't be had, a sentence. */
  | { problem: string }
);

/** Files on their way to the hub: in parts from the page, or whole from the editor. What becomes of them is told, and nothing fails. */
export interface Uploads {
  /** The page has a file of this many bytes. */
  begin(file: string, about: { name: string; mimeType: string; size: number }): void;
  /** The next bytes of it. */
  part(file: string, bytes: ArrayBuffer): void;
  /** The person doesn't want it any more. */
  stop(file: string): void;
  add(chosen: ChosenFile): Promise<void>;
  /** A page that knows nothing listens now: it hears what the last one has missed, and what that one was sending is forgotten. */
  restart(): void;
}

interface Coming {
  name: string;
  mimeType: string;
  size: number;
  /** Made when the first of them come: what is only announced takes no room. */
  bytes?: Uint8Array<ArrayBuffer>;
  sent: number;
}

/** @param deps.tell says whether the page hears it */
export function createUploads(deps: {
  api: Pick<HubApi, 'upload'>;
  workspaceId: string;
  newKey: () => string;
  tell: (chip: Chip) => boolean;
  language: string;
  l10n: L10n;
}): Uploads {
  const { l10n } = deps;
  const coming = new Map<string, Coming>();
  const stopped = new Set<string>();
  let missed: Chip[] = [];

  function say(chip: Chip): void {
    if (!stopped.has(chip.file) && !deps.tell(chip) && chip.state !== 'sending') missed.push(chip);
  }

  function refuse(file: string, { name, size }: { name: string; size: number }, problem: string): void {
    coming.delete(file);
    say({ state: 'refused', file, name: visibleLine(name), size, problem });
  }

  const tooLarge = (size: number): string =>
    l10n.t(
      'It has {0}, and a file may have {1}. Send a smaller one, or say where the agent finds it.',
      sizeWords(size, deps.language),
      sizeWords(limits.attachmentBytes, deps.language),
    );

  async function upload(file: string, { name, mimeType, bytes }: { name: string; mimeType: string; bytes: Uint8Array<ArrayBuffer> }) {
    const shown = { file, name: visibleLine(name), size: bytes.length };
    try {
      const { id } = await deps.api.upload(deps.workspaceId, { name, mimeType, bytes });
      say({ state: 'ready', ...shown, attachmentId: id });
    } catch (error) {
      // Its size was looked at before, so it is the room for all of them.
      const isFull = isHubError(error) && error.code === 'payload_too_large';
      const full = l10n.t('The hub has no more room for files of this workspace. Delete tasks with files, then attach it again.');
      say({ state: 'refused', ...shown, problem: isFull ? full : explainFailure(error, l10n).text });
    }
  }

  return {
    begin(file, { name, mimeType, size }) {
      if (size > limits.attachmentBytes) return refuse(file, { name, size }, tooLarge(size));
      if (size === 0) return void upload(file, { name, mimeType, bytes: new Uint8Array() });
      // The page announces no more than go with a message.
      if (coming.size >= limits.attachments) return;
      coming.set(file, { name, mimeType, size, sent: 0 });
      say({ state: 'sending', file, name: visibleLine(name), size, sent: 0 });
    },
    part(file, part) {
      const one = coming.get(file);
      if (one === undefined) return;
      const { name, mimeType, size } = one;
      if (one.sent + part.byteLength > size)
        return refuse(file, one, l10n.t('It was changed while it was read. Remove it, and attach it again.'));
      one.bytes ??= new Uint8Array(size);
      one.bytes.set(new Uint8Array(part), one.sent);
      one.sent += part.byteLength;
      say({ state: 'sending', file, name: visibleLine(name), size, sent: one.sent });
      if (one.sent < size) return;
      coming.delete(file);
      void upload(file, { name, mimeType, bytes: one.bytes });
    },
    stop(file) {
      coming.delete(file);
      stopped.add(file);
    },
    async add(chosen) {
      const file = deps.newKey();
      if ('problem' in chosen) return refuse(file, { name: chosen.name, size: 0 }, chosen.problem);
      const size = 'bytes' in chosen ? chosen.bytes.length : chosen.size;
      if (!('bytes' in chosen) || size > limits.attachmentBytes) return refuse(file, { name: chosen.name, size }, tooLarge(size));
      say({ state: 'sending', file, name: visibleLine(chosen.name), size, sent: size });
      await upload(file, chosen);
    },
    restart() {
      coming.clear();
      const last = missed;
      missed = [];
      for (const chip of last) say(chip);
    },
  };
}
