import type { Frame } from 'playwright-core';

/** A file as it comes from a desktop. */
export interface DroppedFile {
  name: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** Drags files over a page, drops them onto it, or pastes them into it, as the browser tells a page of that. */
export async function handFiles(frame: Frame, how: 'drag' | 'drop' | 'paste', files: readonly DroppedFile[]): Promise<void> {
  const data = files.map(({ name, mimeType, bytes }) => ({ name, mimeType, base64: Buffer.from(bytes).toString('base64') }));
  // The tests know no DOM, so what runs in the page is handed over as text.
  await frame.evaluate(`(({ how, data }) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of data) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    const target = document.querySelector('textarea') ?? document.body;
    const init = { bubbles: true, cancelable: true };
    if (how === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }));
    else for (const type of ['dragenter', 'dragover', ...(how === 'drop' ? ['drop'] : [])]) target.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer }));
  })(${JSON.stringify({ how, data })})`);
}
