import { type KnownCommand, linux } from './knownCommand.ts';

// What is in folders. Left out: what follows symlinks (`ls -L`, `du -L`), writes (`tree -o`), or reads names from a
// file (`du --files0-from`).

const coreutils = 'GNU coreutils 9.1';

export const listing: readonly KnownCommand[] = [
  {
    name: 'ls',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -a -A -b -B -c -C -d -f -F -g -G -h -i -k -l -m -n -N -o -p -q -Q -r -R -s -S -t -u -U -v -x -X -1
      -I=text -w=number -T=number
      --all --almost-all --author --escape --ignore-backups --directory --file-type --full-time --group-directories-first --no-group
      --human-readable --si --inode --kibibytes --numeric-uid-gid --literal --hide-control-chars --show-control-chars --quote-name
      --reverse --recursive --size
      --color[=always|auto|never] --classify[=always|auto|never] --hyperlink[=always|auto|never] --block-size=number
      --format=across|commas|horizontal|long|single-column|verbose|vertical --hide=text --ignore=text --indicator-style=none|slash|file-type|classify
      --sort=none|size|time|version|extension|width --time=atime|access|use|ctime|status|birth|creation|mtime|modification
      --time-style=text --width=number --tabsize=number --quoting-style=text`,
    operands: { kind: 'paths' },
  },
  {
    name: 'tree',
    manual: 'tree 2.1',
    on: linux,
    clusters: true,
    // A letter that takes a value takes the next word, and the letters after it are options of their own.
    options: `
      -a -d -f -i -q -N -Q -p -u -g -s -h -D -F -v -t -c -U -r -A -S -n -C -x -J -X -L:number -P:text -I:text
      --noreport --dirsfirst --filesfirst --du --si --prune --inodes --device --matchdirs --ignore-case --gitignore
      --sort=name|ctime|mtime|size|version --timefmt=text --filelimit=number`,
    operands: { kind: 'paths' },
  },
  {
    name: 'du',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -0 -a -b -c -h -k -l -m -P -S -s -x -B=number -d=number -t=number
      --null --all --apparent-size --bytes --total --human-readable --inodes --count-links --no-dereference --separate-dirs --si
      --summarize --one-file-system --block-size=number --max-depth=number --threshold=number --time[=text] --time-style=text --exclude=text`,
    operands: { kind: 'paths' },
  },
  {
    name: 'stat',
    manual: coreutils,
    on: linux,
    options: '-c=text -t --format=text --printf=text --terse',
    operands: { kind: 'paths' },
  },
  {
    name: 'realpath',
    manual: coreutils,
    on: linux,
    clusters: true,
    options:
      '-e -m -L -P -q -s -z --canonicalize-existing --canonicalize-missing --logical --physical --quiet --strip --no-symlinks --zero',
    operands: { kind: 'paths' },
  },
  {
    name: 'readlink',
    manual: coreutils,
    on: linux,
    clusters: true,
    options:
      '-f -e -m -n -q -s -v -z --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --quiet --silent --verbose --zero',
    operands: { kind: 'paths' },
  },
  {
    name: 'file',
    manual: 'file 5.44',
    on: linux,
    clusters: true,
    options: '-b -i -h -N -0 --brief --mime --mime-type --mime-encoding --no-dereference --no-pad --print0',
    operands: { kind: 'paths' },
  },
];
