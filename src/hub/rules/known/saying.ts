import { plainText } from '../place/insidePath.ts';
import { type KnownCommand, linux, unix } from './knownCommand.ts';

// What is said of words, of the time and of this machine. `date TIME` would set the clock, `hostname NAME` the name.

const coreutils = 'GNU coreutils 9.1';
const shells = 'bash 5.2 and zsh 5.9';

export const saying: readonly KnownCommand[] = [
  { name: 'pwd', manual: shells, on: unix, clusters: true, options: '-L -P', operands: { kind: 'none' } },
  { name: 'true', manual: shells, on: unix, options: '', operands: { kind: 'none' } },
  { name: 'false', manual: shells, on: unix, options: '', operands: { kind: 'none' } },
  { name: 'echo', manual: shells, on: unix, options: '', operands: { kind: 'anyWords' } },
  {
    name: 'printf',
    manual: shells,
    on: unix,
    options: '',
    operands: { kind: 'texts' },
    // bash's `%n` and `-v` set a variable, such as PATH; zsh reckons with what a number is made of.
    accepts: ({ operands: [format = ''] }) => !(plainText(format) ?? '%').replaceAll(/%%|%s/g, '').includes('%'),
  },
  { name: 'which', manual: 'debianutils 5.7 and macOS 14', on: unix, options: '-a', operands: { kind: 'names' } },
  { name: 'type', manual: shells, on: unix, options: '-a -p', operands: { kind: 'names' } },
  { name: 'command -v', manual: shells, on: unix, options: '', operands: { kind: 'names' } },
  {
    name: 'basename',
    manual: coreutils,
    on: linux,
    clusters: true,
    options: '-a -s=text -z --multiple --suffix=text --zero',
    operands: { kind: 'texts' },
  },
  { name: 'dirname', manual: coreutils, on: linux, options: '-z --zero', operands: { kind: 'texts' } },
  { name: 'seq', manual: coreutils, on: linux, options: '-s=text -w --separator=text --equal-width', operands: { kind: 'texts' } },
  {
    name: 'date',
    manual: coreutils,
    on: linux,
    options: `
      -d=text -I[=date|hours|minutes|seconds|ns] -R -u -r=path --date=text --iso-8601[=date|hours|minutes|seconds|ns] --rfc-email
      --rfc-3339=date|seconds|ns --utc --universal --reference=path`,
    operands: { kind: 'texts' },
    // A zone in the date is the name of a file.
    accepts: ({ options, operands }) =>
      operands.every((word) => word.startsWith('+')) && !options.some(({ value = '' }) => value.toUpperCase().includes('TZ')),
  },
  { name: 'uname', manual: coreutils, on: linux, clusters: true, options: '-a -s -n -r -v -m -o --all', operands: { kind: 'none' } },
  { name: 'whoami', manual: coreutils, on: linux, options: '', operands: { kind: 'none' } },
  { name: 'nproc', manual: coreutils, on: linux, options: '--all', operands: { kind: 'none' } },
  { name: 'hostname', manual: 'hostname 3.23', on: linux, options: '', operands: { kind: 'none' } },
];
