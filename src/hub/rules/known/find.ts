import { isInsidePath, plainText } from '../place/insidePath.ts';
import type { RunFolder } from '../place/place.ts';
import type { Word } from '../word.ts';
import { type KnownCommand, linux } from './knownCommand.ts';

// `find` without what acts (`-exec`, `-execdir`, `-ok`, `-okdir`, `-delete`), writes (`-fprint`, `-fprintf`, `-fls`), follows symlinks
// (`-L`, `-H`, `-follow`) or reads names from a file (`-files0-from`).

const alone = words(`
  ( ) ! , -a -and -o -or -not -true -false -print -print0 -ls -prune -quit -depth -d -daystart -mount -xdev -noleaf -nowarn -warn
  -ignore_readdir_race -noignore_readdir_race -empty -executable -readable -writable -nouser -nogroup`);

const withText = words(`
  -name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -lname -ilname -type -xtype -perm -user -group -fstype
  -printf`);

const withNumber = words(`
  -maxdepth -mindepth -amin -cmin -mmin -atime -ctime -mtime -used -size -links -inum -uid -gid`);

const withPath = words('-newer -anewer -cnewer -samefile');

export const find: KnownCommand = {
  name: 'find',
  manual: 'GNU findutils 4.9',
  on: linux,
  options: '',
  operands: { kind: 'expression', accepts: isHarmless },
};

function isHarmless(all: readonly Word[], place: RunFolder): boolean {
  const rest = [...all];
  if (rest[0] === '-P') rest.shift();
  while (rest.length > 0 && !/^[-(!,]/.test(rest[0] ?? '')) {
    if (!isInsidePath(rest.shift() ?? '', place)) return false;
  }
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (alone.has(word)) continue;
    const next = rest.shift();
    const value = next === undefined ? undefined : plainText(next);
    if (value === undefined) return false;
    if (withText.has(word) || (withNumber.has(word) && /^[-+]?\d{1,12}[a-zA-Z]?$/.test(value))) continue;
    if (!withPath.has(word) || !isInsidePath(value, place)) return false;
  }
  return true;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}
