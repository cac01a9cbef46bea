import type { Place } from '../../protocol/model.ts';
import { truncate } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

/** File name and line of a place: `total.ts:6`; empty for none. */
export function placeName(place: Place | undefined): string {
  if (place === undefined) return '';
  return `${truncate(visibleLine(place.file.split(/[\\/]/).at(-1) ?? ''), 60)}:${place.line}`;
}
