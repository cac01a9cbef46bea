import type { KnownCommand, Operands, ReadWords } from '../known/knownCommand.ts';
import { unix } from '../known/knownCommand.ts';
import { isHarmlessLogFormat, isHarmlessRefFormat } from './formats.ts';
import { diffOptions, logOptions } from './options.ts';

/** What else has to be known of the repository before the command only reads. */
interface GitCommand extends KnownCommand {
  /** It looks at files that are checked out: filters could be started, and another git in each submodule. */
  looksAtFiles?: boolean;
}

// Operands are commits or paths, and have to be paths into the repository either way: of two files one of which is outside, `git diff`
// shows the difference whatever they are.
const anyPaths: Operands = { kind: 'paths' };
const none: Operands = { kind: 'none' };
const names: Operands = { kind: 'names' };

/** What makes, moves or removes something when it is given a name is without operands, or needs `--list`. */
const commands: readonly Omit<GitCommand, 'manual' | 'on'>[] = [
  { name: 'git log', options: logOptions + diffOptions, dashNumber: true, accepts: logFormats, operands: anyPaths },
  { name: 'git show', options: logOptions + diffOptions, dashNumber: true, accepts: logFormats, operands: anyPaths },
  {
    name: 'git diff',
    looksAtFiles: true,
    options: `${diffOptions} --cached --staged --merge-base --cc -c -1 -2 -3 --base --ours --theirs`,
    operands: anyPaths,
  },
  {
    name: 'git status',
    looksAtFiles: true,
    clusters: true,
    options: `
      -v -s -b -z -u[=no|normal|all] -M[=number] --verbose --short --branch --show-stash --ahead-behind --no-ahead-behind
      --porcelain[=v1|v2|1|2] --long --null --untracked-files[=no|normal|all] --ignored[=traditional|matching|no]
      --ignore-submodules[=none|untracked|dirty|all] --column[=text] --no-column --no-renames --find-renames[=number]`,
    operands: anyPaths,
  },
  {
    name: 'git grep',
    clusters: true,
    dashNumber: true,
    options: `
      -v -i -w -a -I -r -E -G -F -P -n -h -H -l -L -z -o -c -p -W -q -e=text -C=number -B=number -A=number -m=number
      --cached --untracked --exclude-standard --no-exclude-standard --invert-match --ignore-case --word-regexp --text --no-textconv
      --recursive --no-recursive --max-depth=number --extended-regexp --basic-regexp --fixed-strings --perl-regexp --line-number --column
      --full-name --files-with-matches --name-only --files-without-match --null --only-matching --count --color[=always|never|auto]
      --no-color --break --heading --context=number --before-context=number --after-context=number --threads=number --show-function
      --function-context --and --or --not --all-match --quiet --max-count=number`,
    operands: { kind: 'pattern', orOption: ['-e'] },
  },
  {
    name: 'git blame',
    looksAtFiles: true,
    options: `
      -b -f -n -p -c -t -l -s -e -w -C[=number] -M[=number] -L=text --root --show-stats --show-name --show-number --porcelain
      --line-porcelain --show-email --ignore-rev=text --color-lines --color-by-age --minimal --abbrev[=number] --since=text
      --date=text --first-parent --incremental --reverse`,
    operands: anyPaths,
  },
  {
    name: 'git shortlog',
    clusters: true,
    options: `-c -n -s -e -w[=text] --committer --numbered --summary --email --group=text ${logOptions}`,
    accepts: logFormats,
    operands: anyPaths,
  },
  {
    name: 'git describe',
    looksAtFiles: true,
    options: `
      --contains --all --tags --long --first-parent --abbrev[=number] --exact-match --candidates=number --match=text --exclude=text
      --always --dirty[=text] --broken[=text]`,
    operands: anyPaths,
  },
  {
    name: 'git rev-parse',
    options: `
      --abbrev-ref[=strict|loose] --short[=number] --verify -q --quiet --symbolic --symbolic-full-name --not --all --branches[=text]
      --tags[=text] --remotes[=text] --show-toplevel --show-prefix --show-cdup --git-dir --absolute-git-dir --git-common-dir
      --is-inside-git-dir --is-inside-work-tree --is-bare-repository --is-shallow-repository --show-superproject-working-tree
      --show-object-format --revs-only --no-revs --flags --no-flags`,
    operands: anyPaths,
  },
  {
    name: 'git rev-list',
    options: logOptions.replace('--merge ', ''),
    dashNumber: true,
    accepts: logFormats,
    operands: anyPaths,
  },
  {
    name: 'git ls-files',
    looksAtFiles: true,
    clusters: true,
    options: `
      -z -t -v -c -d -m -o -i -s -k -u -x=text --cached --deleted --modified --others --ignored --stage --killed --directory --eol
      --no-empty-directory --unmerged --exclude=text --exclude-standard --full-name --error-unmatch --abbrev[=number] --deduplicate`,
    operands: anyPaths,
  },
  {
    name: 'git ls-tree',
    clusters: true,
    options: '-d -r -t -z -l --long --name-only --name-status --object-only --full-name --full-tree --abbrev[=number]',
    operands: anyPaths,
  },
  { name: 'git cat-file', options: '-e -p -t -s', operands: anyPaths },
  { name: 'git merge-base', options: '-a --all --octopus --is-ancestor --independent --fork-point', operands: anyPaths },
  { name: 'git name-rev', options: '--name-only --tags --refs=text --exclude=text --always --no-undefined', operands: anyPaths },
  {
    name: 'git show-ref',
    options: '--tags --heads --verify --head -d --dereference -s --hash[=number] --abbrev[=number] -q --quiet',
    operands: anyPaths,
  },
  {
    name: 'git for-each-ref',
    options: `
      -s -p --shell --perl --python --tcl --count=number --format=text --color[=always|never|auto] --sort=text --points-at=text
      --merged[:text] --no-merged[:text] --contains[:text] --no-contains[:text] --ignore-case`,
    accepts: refFormats,
    operands: anyPaths,
  },
  {
    name: 'git branch',
    clusters: true,
    options: `
      -v -r -a -i --verbose --remotes --all --list --show-current --merged[:text] --no-merged[:text] --contains[:text]
      --no-contains[:text] --points-at=text --sort=text --format=text --color[=always|never|auto] --no-color --column[=text]
      --no-column --abbrev[=number] --no-abbrev --ignore-case`,
    accepts: onlyLists(['--list']),
    operands: anyPaths,
  },
  {
    name: 'git tag',
    options: `
      -l -n[=number] -i --list --merged[:text] --no-merged[:text] --contains[:text] --no-contains[:text] --points-at=text --sort=text
      --format=text --color[=always|never|auto] --column[=text] --no-column --ignore-case`,
    accepts: onlyLists(['-l', '--list']),
    operands: anyPaths,
  },
  { name: 'git stash list', options: logOptions + diffOptions, dashNumber: true, accepts: logFormats, operands: none },
  { name: 'git reflog show', options: logOptions, dashNumber: true, accepts: logFormats, operands: anyPaths },
  { name: 'git reflog', options: logOptions, dashNumber: true, accepts: logFormats, operands: none },
  { name: 'git remote', options: '-v --verbose', operands: none },
  { name: 'git remote get-url', options: '--push --all', operands: names },
  { name: 'git worktree list', options: '-v -z --verbose --porcelain', operands: none },
  // Without `--local` they say what stands in the user's own configuration, which may hold tokens.
  { name: 'git config --local --get', options: '', operands: names },
  { name: 'git config --local --list', options: '--show-origin --show-scope --name-only', operands: none },
  { name: 'git count-objects', options: '-v -H --verbose --human-readable', operands: none },
  { name: 'git check-ignore', options: '-q -v -n --quiet --verbose --non-matching --no-index', operands: anyPaths },
  { name: 'git version', options: '', operands: none },
];

/** Git's commands that read. */
export const gitCommands: readonly GitCommand[] = commands.map((command) => ({ manual: 'Git 2.39', on: unix, ...command }));

function logFormats({ options }: ReadWords): boolean {
  return options.every(({ name, value }) => !/^--(?:pretty|format)$/.test(name) || value === undefined || isHarmlessLogFormat(value));
}

function refFormats({ options }: ReadWords): boolean {
  return options.every(({ name, value }) => name !== '--format' || isHarmlessRefFormat(value ?? '%'));
}

/** A name without these would make a branch or a tag. */
function onlyLists(needed: readonly string[]): (read: ReadWords) => boolean {
  return (read) => refFormats(read) && (read.operands.length === 0 || read.options.some(({ name }) => needed.includes(name)));
}
