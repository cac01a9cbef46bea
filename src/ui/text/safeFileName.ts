import { visibleLine } from './visibleText.ts';

/** Names that mean devices on some systems, whatever their ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name under which a file can be saved anywhere, as close to its own as can be: no path, nothing hidden, nothing special. */
export function fileName(name: string): string {
  const plain = visibleLine(name)
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 200);
  if (plain === '') return 'file';
  return devices.test(plain) ? `_${plain}` : plain;
}
