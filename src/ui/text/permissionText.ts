import type { Permission } from '../../protocol/model.ts';
import { parseObject } from '../../util/parseObject.ts';
import { isSamePath, pathOfFolder } from '../../util/paths.ts';
import { withoutLinks } from './plainText.ts';
import { visibleLine } from './visibleText.ts';

// The text of permission requests. The user decides by it, so it is complete, or it says that it is not.

/** A member of a tool's input, with its value as text. */
export interface InputMember {
  name: string;
  value: string;
}

const commandNames: ReadonlySet<string> = new Set(['command', 'cmd', 'commandLine']);
const separator = ' · ';
const toolLength = 60;
const readAtMost = 20_000;

/**
 * The members of an input that is a JSON object; `undefined` if it is none, or if parsing would lose something (duplicate names, for
 * example).
 */
export function readMembers(input: string): readonly InputMember[] | undefined {
  const object = parseObject(input);
  if (object === undefined || JSON.stringify(object) !== input) return undefined;
  return membersOf(object);
}

/** An input that is a JSON object, without the blanks between its parts and with one spelling of its strings; any other as it is. */
export function compactInput(input: string): string {
  if (parseObject(input) === undefined) return input;
  return input.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : ''));
}

/** The essential part of an input: the command of a shell tool, or else the result of `describeInput`. */
export function gistOf(input: string): string {
  const object = input.length > readAtMost ? undefined : parseObject(input);
  const members = object === undefined ? [] : membersOf(object);
  return commandOf(members)?.value ?? describeInput(input);
}

/** The input as readable text, the command of a shell tool first; members are joined by `between`. */
export function describeInput(input: string, between = separator): string {
  const object = input.length > readAtMost ? undefined : parseObject(input);
  return object === undefined ? input : joinMembers(membersOf(object), between);
}

/**
 * The parts of a permission request beside its input: the description unless the input has it, the folder unless it is the workspace's, and
 * the subagent.
 * @param folder the URI of the workspace's folder
 */
export function besideInput({ input, description, cwd, subagent }: Permission, folder: string | undefined): readonly InputMember[] {
  const said = readMembers(input)?.some(({ value }) => value === description) === true;
  return [
    ...(description === undefined || said ? [] : [{ name: 'description', value: description }]),
    ...(cwd === undefined || isFolder(cwd, folder) ? [] : [{ name: 'folder', value: cwd }]),
    ...(subagent === undefined ? [] : [{ name: 'subagent', value: subagentName(subagent) }]),
  ];
}

/** The name of a subagent: `Explore a1b2`. */
export function subagentName({ id, type }: NonNullable<Permission['subagent']>): string {
  return type === undefined ? id : `${type} ${id}`;
}

/** Windows paths are compared case-insensitively. */
function isFolder(path: string, folder = ''): boolean {
  const platform = /^[A-Za-z]:|\\/.test(path) ? 'win32' : 'linux';
  const own = pathOfFolder(folder, platform);
  return own !== undefined && isSamePath(own, path, platform);
}

/**
 * The whole request on one line, exactly as it is; `undefined` if it is longer than `length` characters, contains invisible or ambiguous
 * characters, or is partial.
 */
export function wholeInput(permission: Permission, length: number, folder?: string): string | undefined {
  const { tool, input, partial } = permission;
  if (partial === true || input.length > readAtMost) return undefined;
  const members = readMembers(input);
  const beside = besideInput(permission, folder);
  const all = [...(members ?? [{ name: '', value: input }]), ...beside];
  if ((members !== undefined || beside.length > 0) && all.some(({ name, value }) => `${name}${value}`.includes('·'))) return undefined;
  if (!hasClearNames(all)) return undefined;
  const text = [members === undefined ? input : joinMembers(members), ...beside.map(({ name, value }) => `${name}: ${value}`)].join(
    separator,
  );
  const plain = text.length <= length && tool.length <= toolLength && isPlain(text) && isPlain(tool);
  return plain ? text : undefined;
}

/**
 * Whether each name says which member it is: none is there twice, as a member of the input and a fact beside it may be, and none can be
 * taken for a line of its own.
 */
export function hasClearNames(members: readonly InputMember[]): boolean {
  const names = members.map(({ name }) => name.trim().toLowerCase());
  return new Set(names).size === names.length && !names.some((name) => /[:\n•·]/.test(name));
}

function membersOf(object: Readonly<Record<string, unknown>>): readonly InputMember[] {
  return Object.entries(object).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }));
}

/** The command of a shell tool, if there is exactly one. */
export function commandOf(members: readonly InputMember[]): InputMember | undefined {
  const commands = members.filter(({ name }) => commandNames.has(name));
  return commands.length === 1 ? commands[0] : undefined;
}

function joinMembers(members: readonly InputMember[], between = separator): string {
  const command = commandOf(members);
  const others = members.filter((member) => member !== command).map(({ name, value }) => `${name}: ${value}`);
  return members.length === 0 ? '{}' : [...(command === undefined ? [] : [command.value]), ...others].join(between);
}

/** Whether the editor shows the text unchanged on one line, and no word mixes scripts that look alike. */
export function isPlain(text: string): boolean {
  return text !== '' && visibleLine(text) === text && withoutLinks(text) === text && !mixedScripts.test(text);
}

const mixedScripts =
  /\p{Script=Latin}\p{M}*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{M}*\p{Script=Latin}/u;
