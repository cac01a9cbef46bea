import type { Permission } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { perObject } from '../../util/perObject.ts';
import type { L10n } from './l10n.ts';
import { commandOf, compactInput, gistOf, readMembers } from './permissionText.ts';
import { pathNames, type Verb, verbOf } from './tools.ts';
import { truncate } from './truncate.ts';
import { firstVisibleLine, visibleLine } from './visibleText.ts';

/** What a permission is asked for: a verb, and its object on one line. With `use` the object begins with the name of the tool. */
const useOf = perObject((permission: Permission, l10n: L10n): { verb: Verb; object: string } => {
  const { tool, input } = permission;
  const verb = verbOf(tool);
  const object = verb === 'use' ? undefined : objectOf(verb, permission);
  if (object !== undefined && object !== '') return { verb, object };
  const line = onOneLine(filesOfPatch(permission) ?? gistOf(input));
  const name = toolName(permission, l10n);
  return { verb: 'use', object: line === '' ? name : `${name}: ${line}` };
});

/** `undefined` if the input has not what belongs to the verb. */
function objectOf(verb: Exclude<Verb, 'use'>, { input, cwd }: Permission): string | undefined {
  const members = readMembers(compactInput(input));
  const valueOf = (names: readonly string[]): string | undefined => {
    const found = members?.filter(({ name }) => names.includes(name)) ?? [];
    return found.length === 1 ? found[0]?.value : undefined;
  };
  switch (verb) {
    case 'run':
      return onOneLine(members === undefined ? input : (commandOf(members)?.value ?? ''));
    case 'fetch':
      return onOneLine(valueOf(['url']) ?? '');
    case 'search':
      return onOneLine(valueOf(['query']) ?? '');
    default: {
      const path = valueOf(pathNames);
      return path === undefined ? undefined : shortPath(path, cwd);
    }
  }
}

/** The path below `folder`, or its last two parts. */
function shortPath(path: string, folder = ''): string {
  const [parts, above] = [path, folder].map((each) => each.split(/[\\/]/));
  const isBelow = folder !== '' && above?.every((part, index) => part === parts?.[index]) === true;
  const own = isBelow ? (parts?.slice(above.length) ?? []) : (parts ?? []);
  return visibleLine(isBelow || own.length <= 2 ? own.join('/') : `…/${own.slice(-2).join('/')}`);
}

/** The files of a patch of Codex. */
function filesOfPatch({ tool, input }: Permission): string | undefined {
  if (tool !== 'apply_patch') return undefined;
  const files = [...gistOf(input).matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, file = '']) => file);
  return files.length === 0 ? undefined : files.join(', ');
}

function onOneLine(text: string): string {
  const line = firstVisibleLine(text.trim());
  return /[\r\n]/.test(text.trim()) ? `${line} …` : line;
}

function toolName({ tool }: Permission, l10n: L10n): string {
  return truncate(visibleLine(tool), 60) || l10n.t('a tool without a name');
}

/** A permission on one line: `Run: git push`, `Edit src/total.py`, or the tool and its input. */
export function permissionTitle(permission: Permission, l10n: L10n): string {
  const { verb, object } = useOf(permission, l10n);
  switch (verb) {
    case 'run':
      return l10n.t('Run: {0}', object);
    case 'edit':
      return l10n.t('Edit {0}', object);
    case 'write':
      return l10n.t('Write {0}', object);
    case 'read':
      return l10n.t('Read {0}', object);
    case 'fetch':
      return l10n.t('Fetch {0}', object);
    case 'search':
      return l10n.t('Search the web: {0}', object);
    case 'use':
      return object;
    default:
      return assertNever(verb);
  }
}

/** What an agent wants, as a sentence without a period. The object is cut to `length` characters. */
export function permissionSentence(permission: Permission, agent: string, length: number, l10n: L10n): string {
  const { verb, object } = useOf(permission, l10n);
  const line = truncate(object, length);
  switch (verb) {
    case 'run':
      return l10n.t('{0} wants to run: {1}', agent, line);
    case 'edit':
      return l10n.t('{0} wants to edit {1}', agent, line);
    case 'write':
      return l10n.t('{0} wants to write {1}', agent, line);
    case 'read':
      return l10n.t('{0} wants to read {1}', agent, line);
    case 'fetch':
      return l10n.t('{0} wants to fetch {1}', agent, line);
    case 'search':
      return l10n.t('{0} wants to search the web: {1}', agent, line);
    case 'use':
      return l10n.t('{0} wants to use {1}', agent, line);
    default:
      return assertNever(verb);
  }
}

/** What an agent wants, with the whole input (`wholeInput`). */
export function wholeSentence(permission: Permission, whole: string, agent: string, l10n: L10n): string {
  if (useOf(permission, l10n).verb === 'run') return l10n.t('{0} wants to run: {1}', agent, whole);
  return l10n.t('{0} wants to use {1}', agent, `${permission.tool}: ${whole}`);
}

/** What an agent wants without its object, which stands beside it: `Claude Code wants to run a command`. */
export function permissionHeading(permission: Permission, agent: string, l10n: L10n): string {
  switch (useOf(permission, l10n).verb) {
    case 'run':
      return l10n.t('{0} wants to run a command', agent);
    case 'edit':
      return l10n.t('{0} wants to edit a file', agent);
    case 'write':
      return l10n.t('{0} wants to write a file', agent);
    case 'read':
      return l10n.t('{0} wants to read a file', agent);
    case 'fetch':
      return l10n.t('{0} wants to fetch a page', agent);
    case 'search':
      return l10n.t('{0} wants to search the web', agent);
    default:
      return l10n.t('{0} wants to use {1}', agent, toolName(permission, l10n));
  }
}
