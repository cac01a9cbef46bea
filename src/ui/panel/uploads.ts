import type { HubApi } from '../../client/hubApi.ts';
import { limits } from '../../protocol/limits.ts';
import type { Chip } from '../../protocol/toPanelPage.ts';
import { sizeWords } from '../../util/sizeWords.ts';
import { explainFailure, isHubError } from '../shell/errors.ts';
import type { L10n } from '../text/l10n.ts';
import { visibleLine } from '../text/visibleText.ts';

/** A file that the user has chosen in the editor. */
export type ChosenFile = { name: string; mimeType: string } & (
  | { bytes: Uint8Array<ArrayBuffer> }
  /** The file was not read because it is too large. */
  | { size: number }
  /** Why the file can't be read, as a sentence. */
  | { problem: string }
);

/**
 * Uploads files to the hub: in parts from the page, or whole from the editor. Progress and failures are reported to the page; nothing
 * rejects.
 */
export interface Uploads {
  /** Announces a file of the page with its size in bytes. */
  begin(file: string, about: { name: string; mimeType: string; size: number }): void;
  /** The next bytes of the file. */
  part(file: string, bytes: ArrayBuffer): void;
  /** The user has removed the file. */
  stop(file: string): void;
  add(chosen: ChosenFile): Promise<void>;
  /** The page was reloaded: reports again what the last page missed, and forgets unfinished parts. */
  restart(): void;
}

interface PendingUpload {
  name: string;
  mimeType: string;
  size: number;
  /** Allocated with the first part, so that an announcement takes no memory. */
  bytes?: Uint8Array<ArrayBuffer>;
  sent: number;
}

/** @param deps.tell posts to the page; returns whether the page is there */
export function createUploads(deps: {
  api: Pick<HubApi, 'upload'>;
  workspaceId: string;
  newKey: () => string;
  post: (chip: Chip) => boolean;
  language: string;
  l10n: L10n;
}): Uploads {
  const { l10n } = deps;
  const pending = new Map<string, PendingUpload>();
  const stopped = new Set<string>();
  let missed: Chip[] = [];

  function report(chip: Chip): void {
    if (!stopped.has(chip.file) && !deps.post(chip) && chip.state !== 'sending') missed.push(chip);
  }

  function refuse(file: string, { name, size }: { name: string; size: number }, problem: string): void {
    pending.delete(file);
    report({ state: 'refused', file, name: visibleLine(name), size, problem });
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
      report({ state: 'ready', ...shown, attachmentId: id });
    } catch (error) {
      // The size was checked before, so the workspace's quota is exceeded.
      const isFull = isHubError(error) && error.code === 'payload_too_large';
      const full = l10n.t('The hub has no more room for files of this workspace. Delete tasks with files, then attach it again.');
      report({ state: 'refused', ...shown, problem: isFull ? full : explainFailure(error, l10n).text });
    }
  }

  return {
    begin(file, { name, mimeType, size }) {
      if (size > limits.attachmentBytes) return refuse(file, { name, size }, tooLarge(size));
      if (size === 0) return void upload(file, { name, mimeType, bytes: new Uint8Array() });
      // The page does not announce more files than a message may have.
      if (pending.size >= limits.attachments) return;
      pending.set(file, { name, mimeType, size, sent: 0 });
      report({ state: 'sending', file, name: visibleLine(name), size, sent: 0 });
    },
    part(file, part) {
      const one = pending.get(file);
      if (one === undefined) return;
      const { name, mimeType, size } = one;
      if (one.sent + part.byteLength > size)
        return refuse(file, one, l10n.t('It was changed while it was read. Remove it, and attach it again.'));
      one.bytes ??= new Uint8Array(size);
      one.bytes.set(new Uint8Array(part), one.sent);
      one.sent += part.byteLength;
      report({ state: 'sending', file, name: visibleLine(name), size, sent: one.sent });
      if (one.sent < size) return;
      pending.delete(file);
      void upload(file, { name, mimeType, bytes: one.bytes });
    },
    stop(file) {
      pending.delete(file);
      stopped.add(file);
    },
    async add(chosen) {
      const file = deps.newKey();
      if ('problem' in chosen) return refuse(file, { name: chosen.name, size: 0 }, chosen.problem);
      const size = 'bytes' in chosen ? chosen.bytes.length : chosen.size;
      if (!('bytes' in chosen) || size > limits.attachmentBytes) return refuse(file, { name: chosen.name, size }, tooLarge(size));
      report({ state: 'sending', file, name: visibleLine(chosen.name), size, sent: size });
      await upload(file, chosen);
    },
    restart() {
      pending.clear();
      const last = missed;
      missed = [];
      for (const chip of last) report(chip);
    },
  };
}
