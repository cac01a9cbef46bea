import type { PanelStrings } from '../../protocol/toPanelPage.ts';

/** Lets files be dropped anywhere on the page, or pasted into it. What can't be taken is said by `refuse`. */
export function takeDrops(
  words: PanelStrings,
  { take, refuse }: { take: (files: readonly File[]) => void; refuse: (why: string) => void },
): void {
  const { body } = document;
  body.dataset['drop'] = words.dropHere;
  const mark = (on: boolean): void => void body.classList.toggle('dropping', on);

  const over = (event: DragEvent): void => {
    // Text that is dragged goes into a box, as always.
    if (event.dataTransfer === null || !isOfFiles(event.dataTransfer)) return;
    event.preventDefault();
    // The editor would open them beside this page, and takes the page out of reach to do so.
    event.stopPropagation();
    event.dataTransfer.dropEffect = 'copy';
    mark(true);
  };
  document.addEventListener('dragenter', over);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    mark(false);
    const data = event.dataTransfer;
    if (data === null || !isOfFiles(data)) return;
    event.preventDefault();
    event.stopPropagation();
    const items = [...data.items].filter(({ kind }) => kind === 'file');
    const folders = items.filter((item) => item.webkitGetAsEntry()?.isDirectory === true);
    if (folders.length > 0) return refuse(words.noFolder);
    if (data.files.length === 0) return refuse(words.notFiles);
    take([...data.files]);
  });
  document.addEventListener('paste', (event) => {
    const data = event.clipboardData;
    // Tables and the like come as a picture as well; their text is what is meant.
    if (data === null || data.files.length === 0 || data.types.includes('text/plain')) return;
    event.preventDefault();
    take([...data.files]);
  });
}

function isOfFiles({ types }: DataTransfer): boolean {
  return types.includes('Files') || types.includes('text/uri-list') || types.includes('application/vnd.code.uri-list');
}
