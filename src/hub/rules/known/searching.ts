import { type KnownCommand, linux, unix } from './knownCommand.ts';

// What stands where. Left out: what follows symlinks (`grep -R`, `rg -L`), starts something (`rg --pre`, `-z`, `--hostname-bin`), or reads
// a file for itself (`-f`, `--exclude-from`, `--ignore-file`). `find` is a language of its own.

export const searching: readonly KnownCommand[] = [
  {
    name: 'grep',
    manual: 'GNU grep 3.8',
    on: linux,
    clusters: true,
    dashNumber: true,
    options: `
      -E -F -G -P -i -y -w -x -z -s -v -b -n -H -h -o -q -a -I -r -L -l -c -T -Z -U -e=text -m=number -A=number -B=number -C=number
      --extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case --no-ignore-case --word-regexp --line-regexp
      --null-data --no-messages --invert-match --byte-offset --line-number --line-buffered --with-filename --no-filename
      --only-matching --quiet --silent --text --recursive --files-without-match --files-with-matches --count --initial-tab --null
      --binary --no-group-separator --regexp=text --max-count=number --label=text --binary-files=binary|text|without-match
      --include=text --exclude=text --exclude-dir=text --before-context=number --after-context=number --context=number
      --group-separator=text --color[=always|auto|never] --colour[=always|auto|never]`,
    operands: { kind: 'pattern', orOption: ['-e', '--regexp'] },
  },
  {
    name: 'rg',
    manual: 'ripgrep 13 and 14',
    on: unix,
    clusters: true,
    options: `
      -b -s -F -i -v -n -x -U -N -I -l -c -0 -o -p -q -S -a -u -H -w -P -h -A=number -B=number -C=number -e=text -g=text -t=text
      -T=text -m=number -M=number -r=text -j=number
      --after-context=number --before-context=number --context=number --byte-offset --case-sensitive --column --count --count-matches
      --crlf --files --files-with-matches --files-without-match --fixed-strings --glob=text --glob-case-insensitive --heading --hidden
      --iglob=text --ignore-case --include-zero --invert-match --json --line-buffered --line-number --line-regexp --max-columns=number
      --max-columns-preview --max-count=number --max-depth=number --max-filesize=number --multiline --multiline-dotall --no-config
      --no-filename --no-heading --no-ignore --no-ignore-dot --no-ignore-exclude --no-ignore-global --no-ignore-messages
      --no-ignore-parent --no-ignore-vcs --no-line-number --no-messages --null --null-data --one-file-system --only-matching
      --passthru --pcre2 --pretty --quiet --regexp=text --replace=text --smart-case --sort=none|path|modified|accessed|created
      --sortr=none|path|modified|accessed|created --stats --text --threads=number --trim --type=text --type-not=text --type-list
      --unrestricted --version --vimgrep --with-filename --word-regexp --color=never|auto|always|ansi --colors=text`,
    operands: { kind: 'pattern', orOption: ['-e', '--regexp', '--files', '--type-list', '--version'] },
    // A file of options can name a program for each file that is searched.
    accepts: ({ options }, { world }) =>
      world.env['RIPGREP_CONFIG_PATH'] === undefined || options.some(({ name }) => name === '--no-config'),
  },
];
