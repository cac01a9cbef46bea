import { type KnownCommand, linux } from './knownCommand.ts';

// What is in files. Left out: what waits for more (`tail -f`), writes or starts something (`sort -o`, `--compress-program`, `diff -l`), or
// reads the names of files from a file (`wc --files0-from`, `sha256sum -c`).

const coreutils = 'GNU coreutils 9.1';
const diffutils = 'GNU diffutils 3.8';
const utilLinux = 'util-linux 2.38';

export const reading: readonly KnownCommand[] = [
  {
    name: 'cat',
    manual: coreutils,
    on: linux,
    clusters: true,
    options:
      '-A -b -e -E -n -s -t -T -u -v --show-all --number-nonblank --show-ends --number --squeeze-blank --show-tabs --show-nonprinting',
    operands: { kind: 'paths' },
  },
  {
    name: 'head',
    manual: coreutils,
    on: linux,
    clusters: true,
    dashNumber: true,
    options: '-q -v -z -c=number -n=number --quiet --silent --verbose --zero-terminated --bytes=number --lines=number',
    operands: { kind: 'paths' },
  },
  {
    name: 'tail',
    manual: coreutils,
    on: linux,
    clusters: true,
    dashNumber: true,
    options: '-q -v -z -c=number -n=number --quiet --silent --verbose --zero-terminated --bytes=number --lines=number',
    operands: { kind: 'paths' },
  },
  {
    name: 'wc',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-c -m -l -L -w --bytes --chars --lines --max-line-length --words',
    operands: { kind: 'paths' },
  },
  {
    name: 'nl',
    manual: coreutils,
    on: linux,
    options: `
      -b=text -d=text -f=text -h=text -i=number -l=number -n=ln|rn|rz -p -s=text -v=number -w=number
      --body-numbering=text --footer-numbering=text --header-numbering=text --line-increment=number --no-renumber
      --number-format=ln|rn|rz --number-separator=text --starting-line-number=number --number-width=number`,
    operands: { kind: 'paths' },
  },
  { name: 'tac', manual: coreutils, on: linux, options: '-b -r -s=text --before --regex --separator=text', operands: { kind: 'paths' } },
  { name: 'rev', manual: utilLinux, on: linux, options: '', operands: { kind: 'paths' } },
  {
    name: 'sort',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -b -d -f -g -i -M -h -n -r -V -c -C -s -u -z -k=text -t=text
      --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --ignore-nonprinting --month-sort
      --human-numeric-sort --numeric-sort --reverse --version-sort --check[=quiet|silent|diagnose-first] --stable --unique
      --zero-terminated --key=text --field-separator=text --sort=general-numeric|human-numeric|month|numeric|version`,
    operands: { kind: 'paths' },
  },
  {
    name: 'uniq',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -c -d -D -i -u -z -f=number -s=number -w=number --count --repeated --ignore-case --unique --zero-terminated --skip-fields=number
      --skip-chars=number --check-chars=number --all-repeated[=none|prepend|separate] --group[=separate|prepend|append|both]`,
    // The second one is written.
    operands: { kind: 'paths', atMost: 1 },
  },
  {
    name: 'cut',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -b=text -c=text -d=text -f=text -n -s -z --bytes=text --characters=text --delimiter=text --fields=text --complement
      --only-delimited --output-delimiter=text --zero-terminated`,
    operands: { kind: 'paths' },
  },
  {
    name: 'tr',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-c -C -d -s -t --complement --delete --squeeze-repeats --truncate-set1',
    operands: { kind: 'texts' },
  },
  {
    name: 'paste',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-d=text -s -z --delimiters=text --serial --zero-terminated',
    operands: { kind: 'paths' },
  },
  {
    name: 'fold',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-b -s -w=number --bytes --spaces --width=number',
    operands: { kind: 'paths' },
  },
  {
    name: 'column',
    manual: utilLinux,
    on: linux,
    clusters: true,
    options: '-t -x -s=text -o=text -c=number --table --fillrows --separator=text --output-separator=text --output-width=number',
    operands: { kind: 'paths' },
  },
  {
    name: 'od',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: `
      -A=d|o|x|n -j=number -N=number -t=text -v -w[=number] -a -b -c -d -f -i -l -o -s -x --address-radix=d|o|x|n --skip-bytes=number
      --read-bytes=number --format=text --output-duplicates --width[=number]`,
    operands: { kind: 'paths' },
  },
  ...['md5sum', 'sha1sum', 'sha256sum', 'sha512sum'].map((name): KnownCommand => {
    return {
      name,
      manual: coreutils,
      on: linux,
      clusters: true,
      options: '-b -t -z --binary --tag --text --zero',
      operands: { kind: 'paths' },
    };
  }),
  {
    name: 'diff',
    manual: diffutils,
    on: linux,
    clusters: true,
    options: `
      -q -s -c -u -C=number -U=number -e -n -y -W=number -p -F=text -t -T -i -E -Z -b -w -B -I=text -a -d
      --normal --brief --report-identical-files --context[=number] --unified[=number] --ed --rcs --side-by-side --width=number
      --left-column --suppress-common-lines --show-c-function --show-function-line=text --label=text --expand-tabs --initial-tab
      --tabsize=number --suppress-blank-empty --ignore-case --ignore-tab-expansion --ignore-trailing-space --ignore-space-change
      --ignore-all-space --ignore-blank-lines --ignore-matching-lines=text --text --strip-trailing-cr --minimal
      --horizon-lines=number --speed-large-files --color[=always|auto|never]`,
    operands: { kind: 'files', atMost: 2 },
  },
  {
    name: 'cmp',
    manual: diffutils,
    on: linux,
    clusters: true,
    options: '-b -l -s -i=number -n=number --print-bytes --verbose --quiet --silent --ignore-initial=number --bytes=number',
    operands: { kind: 'files', atMost: 2 },
  },
  {
    name: 'comm',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-1 -2 -3 -z --check-order --nocheck-order --output-delimiter=text --total --zero-terminated',
    operands: { kind: 'files', atMost: 2 },
  },
];
