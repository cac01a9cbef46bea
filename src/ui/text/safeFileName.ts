import { visibleLine } from './visibleText.ts';

/** Device names on some systems, with any extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file name that is valid on all systems, close to the original: no path, no hidden or special characters. */
export function fileName(name: string): string {
  const plain = visibleLine(name)
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 200);
  if (plain === '') return 'file';
  return devices.test(plain) ? `_${plain}` : plain;
}
