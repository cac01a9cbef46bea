import type { ConfigEntry } from './configFile.ts';

// What a repository may say in its configuration while git's stars hold: settings that name no program, no file and no other folder. What
// isn't here is asked, whether or not it matters.

const yesOrNo = /^(?:true|false|yes|no|on|off|0|1|)$/i;

/** The keys of each section, all with any value. */
const harmless: Readonly<Record<string, string>> = {
  core: `filemode logallrefupdates ignorecase precomposeunicode symlinks autocrlf eol safecrlf quotepath abbrev compression preloadindex
    untrackedcache sparsecheckout sparsecheckoutcone longpaths protecthfs protectntfs hidedotfiles commentchar fscache multipackindex
    commitgraph checkstat trustctime bigfilethreshold hookspath`,
  remote: 'url pushurl fetch push tagopt prune prunetags mirror gh-resolved skipfetchall skipdefaultupdate pushdefault followremotehead',
  branch: `remote pushremote merge rebase description autosetupmerge autosetuprebase sort vscode-merge-base github-pr-owner-number
    gk-merge-base gk-merge-target gk-last-accessed gk-last-modified base`,
  submodule: 'url active branch path',
  user: 'name email useconfigonly signingkey',
  author: 'name email',
  committer: 'name email',
  push: 'default autosetupremote followtags',
  pull: 'rebase ff',
  fetch: 'prune prunetags parallel writecommitgraph',
  merge: 'ff conflictstyle log renames renamelimit stat',
  rebase: 'autostash autosquash updaterefs',
  commit: 'gpgsign verbose',
  tag: 'gpgsign sort',
  init: 'defaultbranch',
  color: 'ui branch diff grep status interactive decorate',
  column: 'ui branch status tag',
  gc: 'auto autodetach autopacklimit pruneexpire reflogexpire reflogexpireunreachable worktreepruneexpire writecommitgraph',
  pack: 'threads depth window windowmemory packsizelimit usesparse compression',
  index: 'version threads sparse',
  feature: 'manyfiles experimental',
  status: 'showuntrackedfiles branch short aheadbehind renames relativepaths showstash',
  diff: 'algorithm renames renamelimit colormoved mnemonicprefix noprefix indentheuristic context interhunkcontext statgraphwidth',
  log: 'date decorate abbrevcommit follow',
  rerere: 'enabled autoupdate',
  maintenance: 'auto strategy',
  advice: '*',
  lfs: 'repositoryformatversion',
};

/** Keys with a subsection are another thing than those without, except in these sections. */
const withSubsection = new Set(['remote', 'branch', 'submodule', 'color']);

/** Keys that only some values of are harmless. */
const harmlessValues: Readonly<Record<string, RegExp>> = {
  'core.repositoryformatversion': /^[01]$/,
  'core.bare': /^(?:false|no|off|0)$/i,
  // Yes starts a daemon; anything else is a program.
  'core.fsmonitor': /^(?:false|no|off|0)$/i,
  'extensions.worktreeconfig': yesOrNo,
  'extensions.objectformat': /^sha1$/,
  'extensions.refstorage': /^files$/,
};

/** Says that the entry is one that a reading git may meet. */
export function isHarmlessEntry({ section, subsection, key, value = 'true' }: ConfigEntry): boolean {
  const values = harmlessValues[`${section}.${key}`];
  if (values !== undefined) return subsection === '' && values.test(value);
  if (subsection !== '' && !withSubsection.has(section)) return false;
  const keys = harmless[section]?.split(/\s+/) ?? [];
  return keys.includes(key) || keys.includes('*');
}
