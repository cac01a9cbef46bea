// Options of git 2.39 that several of its commands have. Left out: what starts something (`--ext-diff`, `--textconv`, `--show-signature`,
// `--submodule`), writes (`--output`, `--remerge-diff`), reads a file (`-O`), or leaves the repository (`--no-index`).

/** How differences are shown. */
export const diffOptions = `
  -p -u -s -U=number --patch --no-patch --unified=number --raw --patch-with-raw --patch-with-stat --indent-heuristic --minimal --patience
  --histogram --diff-algorithm=default|myers|minimal|patience|histogram --anchored=text --stat[=text] --compact-summary --numstat
  --shortstat --dirstat[=text] --cumulative --summary --name-only --name-status --color[=always|never|auto] --no-color
  --color-moved[=text] --no-color-moved --color-moved-ws=text --word-diff[=color|plain|porcelain|none] --word-diff-regex=text
  --color-words[=text] --no-renames --no-rename-empty --check --full-index --binary --abbrev[=number] --no-abbrev -B[=text] -M[=text]
  -C[=text] -D --break-rewrites[=text] --find-renames[=text] --find-copies[=text] --find-copies-harder --irreversible-delete
  -l=number --diff-filter=text -S=text -G=text --pickaxe-all --pickaxe-regex -R --relative[=path] --no-relative -a --text
  --ignore-cr-at-eol --ignore-space-at-eol -b --ignore-space-change -w --ignore-all-space --ignore-blank-lines -I=text
  --ignore-matching-lines=text --inter-hunk-context=number -W --function-context --exit-code --quiet -q --no-ext-diff --no-textconv
  --ignore-submodules[=none|untracked|dirty|all] --src-prefix=text --dst-prefix=text --no-prefix --line-prefix=text -z --no-indent-heuristic`;

/** Which commits there are, and how they are shown. */
export const logOptions = `
  -n=number -i -E -F -P -g -L=text -m -c --cc -t -r
  --max-count=number --skip=number --since=text --after=text --until=text --before=text --author=text --committer=text --grep=text
  --grep-reflog=text --all-match --invert-grep --regexp-ignore-case --basic-regexp --extended-regexp --fixed-strings --perl-regexp
  --remove-empty --merges --no-merges --min-parents[=number] --max-parents[=number] --first-parent --not --all --branches[=text]
  --tags[=text] --remotes[=text] --glob[=text] --exclude[=text] --reflog --boundary --left-right --left-only --right-only --cherry-pick
  --cherry-mark --cherry --walk-reflogs --merge --simplify-by-decoration --show-pulls --full-history --dense --sparse --simplify-merges
  --ancestry-path --date-order --author-date-order --topo-order --reverse --no-walk[=sorted|unsorted] --do-walk
  --pretty[=text] --format[=text] --abbrev-commit --no-abbrev-commit --oneline --notes --no-notes --show-notes --expand-tabs[=number]
  --no-expand-tabs --date=text --relative-date --parents --children --graph --no-graph --show-linear-break[=text] --log-size
  --count --follow --full-diff --decorate[=short|full|auto|no] --no-decorate --decorate-refs=text --decorate-refs-exclude=text
  --clear-decorations --source --mailmap --no-mailmap --use-mailmap --no-use-mailmap
  --diff-merges[=off|none|on|first-parent|1|separate|m|combined|c|dense-combined|cc] --no-diff-merges --combined-all-paths`;
