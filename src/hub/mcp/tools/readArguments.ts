import { HubError } from '../../../protocol/hubErrors.ts';
import { isObject, jsonIn, type RpcObject, unread } from '../../../protocol/rpc.ts';
import type { Field, Fields, FileInput, InputOf } from '../../../protocol/toolFields.ts';
import { assertNever } from '../../../util/errors.ts';
import { markedDigits } from '../../../util/exactJson.ts';

/** Arguments of a tool, as they were meant. */
export interface ReadArguments<F extends Fields> {
  input: InputOf<F>;
  /** What could not be read and is left out, a sentence for each. */
  leftOut: string[];
}

/**
 * Reads what a call gives, by the kind of each member. Names may be written with underscores or without; members that the tool doesn't
 * know are passed over.
 * @param lenient an optional member that can't be meant is left out, rather than that the call fails
 * @throws HubError `invalid_input`
 */
export function readArguments<F extends Fields>(fields: F, given: unknown, { lenient }: { lenient: boolean }): ReadArguments<F> {
  const members = isObject(given) ? given : {};
  const input: Record<string, unknown> = {};
  const leftOut: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = valueOf(name, members);
    if (isNothing(value, field)) {
      if (field.required && field.kind !== 'anything') throw new HubError('invalid_input', `${name} is required`);
      continue;
    }
    const read = readValue(value, field);
    if (read !== unread) input[name] = read;
    else if (!field.required && lenient) leftOut.push(`${name} was left out: it has to be ${wordsFor(field)}.`);
    else throw new HubError('invalid_input', `${name} has to be ${wordsFor(field)}.`);
  }
  return { input: input as InputOf<F>, leftOut };
}

/** AgentRQ's agents of earlier versions write `task_id` for `taskId`, and models write either. */
function valueOf(name: string, members: RpcObject): unknown {
  if (Object.hasOwn(members, name)) return members[name];
  const other = Object.keys(members).find((key) => plain(key) === plain(name));
  return other === undefined ? undefined : members[other];
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Many clients fill in what they have nothing for. What is required stays: an empty text is one. */
function isNothing(value: unknown, { kind, required, minimum = 0 }: Field): boolean {
  if (value === undefined) return true;
  if (kind === 'anything') return false;
  if (value === null) return true;
  if (required) return false;
  if (value === '' || (typeof value === 'object' && Object.keys(value).length === 0)) return true;
  if (kind === 'flag' || kind === 'number') return value === false && kind === 'number';
  if (kind === 'whole') return value === false || (minimum > 0 && numberIn(value) === 0);
  return value === false || value === 0;
}

function readValue(value: unknown, field: Field): unknown {
  switch (field.kind) {
    case 'text':
      return readText(value);
    case 'whole':
    case 'number':
      return readNumber(value, field);
    case 'flag':
      return readFlag(value);
    case 'texts':
      return readTexts(value);
    case 'files':
      return readFiles(value);
    case 'anything':
      return value;
    default:
      return assertNever(field.kind);
  }
}

/** A text is what it is, whatever stands in it. */
function readText(value: unknown): string | typeof unread {
  if (typeof value === 'string') return markedDigits(value) ?? value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : unread;
}

function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const digits = markedDigits(value) ?? value.trim();
  return /^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

function readNumber(value: unknown, { kind, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: Field) {
  const number = numberIn(value);
  const isOne = kind === 'whole' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return number !== undefined && isOne && number >= minimum ? Math.min(number, maximum) : unread;
}

const flags: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...['true', 'yes', 'on', 1].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 0].map((word) => [word, false] as const),
]);

function readFlag(value: unknown): boolean | typeof unread {
  if (typeof value === 'boolean') return value;
  return flags.get(numberIn(value) ?? (typeof value === 'string' ? value.trim().toLowerCase() : undefined)) ?? unread;
}

function readTexts(value: unknown): string[] | typeof unread {
  const list = listIn(value);
  if (list === undefined) {
    // Of a text that lists something in a form of its own nobody knows how it is to be divided.
    const only = Array.isArray(value) || isObject(value) || /[,;|\n]/.test(String(value)) ? unread : readText(value);
    return only === unread ? unread : [only];
  }
  const texts = list.filter((each) => each !== null && each !== '').map(readText);
  return texts.some((each) => each === unread) ? unread : (texts as string[]);
}

function readFiles(value: unknown): FileInput[] | typeof unread {
  const list = listIn(value) ?? [typeof value === 'string' ? jsonIn(value) : value];
  const files: FileInput[] = [];
  for (const each of list) {
    if (each === null) continue;
    if (!isObject(each)) return unread;
    const file: Record<string, string> = {};
    for (const name of ['name', 'filename', 'mimeType', 'data']) {
      const member = valueOf(name, each);
      const text = member === undefined || member === null ? undefined : readText(member);
      if (text === unread) return unread;
      if (text !== undefined) file[name] = text;
    }
    files.push(file);
  }
  return files;
}

/** A list, also one that was written into a text. */
function listIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const read = typeof value === 'string' && /^\s*\[/.test(value) ? jsonIn(value) : undefined;
  return Array.isArray(read) ? read : undefined;
}

const words: Record<Field['kind'], string> = {
  text: 'a text',
  whole: 'a whole number',
  number: 'a number',
  flag: 'true or false',
  texts: 'a list of texts',
  files: 'a list of files, each with name, mimeType and data (base64)',
  anything: 'anything',
};

function wordsFor({ kind, minimum }: Field): string {
  return minimum === undefined ? words[kind] : `${words[kind]} from ${minimum} on`;
}
