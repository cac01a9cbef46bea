import { isInsidePath, plainText } from '../place/insidePath.ts';
import type { RunFolder } from '../place/place.ts';
import { live, type Word } from '../word.ts';
import type { KnownCommand, ReadWords } from './knownCommand.ts';

/** That these take the next word, whatever it is, is sure. */
const patternOptions: ReadonlySet<string> = new Set(['-e', '--regexp']);

interface Option {
  value: 'none' | 'required' | 'optional' | 'next' | 'last';
  kind: string;
}

const tables = new Map<string, ReadonlyMap<string, Option>>();

/** The options that a table lists, by their exact names. */
export function optionsOf({ options }: KnownCommand): ReadonlyMap<string, Option> {
  const known = tables.get(options);
  if (known !== undefined) return known;
  const table = new Map(options.split(/\s+/).filter(Boolean).map(parseOption));
  tables.set(options, table);
  return table;
}

function parseOption(text: string): [string, Option] {
  const [, name = '', optional, last, required, next] = /^(--?[^=:[]+)(?:\[=(.+)\]|\[:(.+)\]|=(.+)|:(.+))?$/.exec(text) ?? [];
  if (name === '') throw new Error(`The table has an odd option: ${text}`);
  if (next !== undefined) return [name, { value: 'next', kind: next }];
  if (last !== undefined) return [name, { value: 'last', kind: last }];
  if (optional !== undefined) return [name, { value: 'optional', kind: optional }];
  return [name, required === undefined ? { value: 'none', kind: '' } : { value: 'required', kind: required }];
}

/** The options and operands in `words`, if each option is in the table and has a value of its kind; otherwise `undefined`. */
export function readOptions(command: KnownCommand, words: readonly Word[], place: RunFolder): ReadWords | undefined {
  const table = optionsOf(command);
  const options: { name: string; value?: string }[] = [];
  const operands: Word[] = [];

  /** A value that stands by itself. Where options end with the first operand, as on a Mac, it is an operand: so it has to be a path too. */
  function takeNext(name: string, kind: string, next: Word | undefined): boolean {
    const value = next === undefined ? undefined : plainText(next);
    if (value === undefined || !isOfKind(value, kind, place)) return false;
    // Should the option take none after all, this must not be one.
    if (value.startsWith('-') && kind !== 'number' && !patternOptions.has(name)) return false;
    if (operands.length > 0 && !isInsidePath(value, place)) return false;
    options.push({ name, value });
    return true;
  }

  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const text = plainText(word);
    if (text === undefined) return undefined;
    if (command.dashNumber === true && /^-\d{1,9}$/.test(text)) continue;
    const read = text.startsWith('--') ? readLong(table, text) : readShort(command, table, text);
    if (read === undefined) return undefined;
    for (const { name, value, option } of read) {
      if (option.value === 'none') options.push({ name });
      else if (value !== undefined) {
        if (option.value === 'next' || !isOfKind(value, option.kind, place)) return undefined;
        options.push({ name, value });
      } else if (option.value === 'optional' || (option.value === 'last' && at === words.length - 1)) options.push({ name });
      else {
        at += 1;
        if (!takeNext(name, option.kind, words[at])) return undefined;
      }
    }
  }
  return { options, operands };
}

interface Read {
  name: string;
  value?: string;
  option: Option;
}

function readLong(table: ReadonlyMap<string, Option>, text: string): Read[] | undefined {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const option = table.get(name);
  if (option === undefined || (equals !== -1 && option.value === 'none')) return undefined;
  return [{ name, option, ...(equals !== -1 && { value: text.slice(equals + 1) }) }];
}

/** `-l`, `-n5`; with clusters also `-ln5`. A name of several letters, such as find's, is only found whole. */
function readShort(command: KnownCommand, table: ReadonlyMap<string, Option>, text: string): Read[] | undefined {
  const whole = table.get(text);
  if (whole !== undefined) return [{ name: text, option: whole }];
  const read: Read[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const name = `-${text[at]}`;
    const option = table.get(name);
    if (option === undefined || (at > 1 && command.clusters !== true)) return undefined;
    const rest = text.slice(at + 1);
    if (option.value === 'none') {
      if (rest !== '' && command.clusters !== true) return undefined;
      read.push({ name, option });
    } else {
      read.push({ name, option, ...(rest !== '' && { value: rest }) });
      break;
    }
  }
  return read;
}

const kinds: Readonly<Record<string, RegExp>> = {
  number: /^[+-]?\d{1,12}[a-zA-Z]{0,3}$/,
  text: /^[^\0]*$/s,
};

/** `text`, `number`, a `path` into the workspace, or one of `a|b|c`. */
function isOfKind(value: string, kind: string, place: RunFolder): boolean {
  if (value.includes(live)) return false;
  if (kind === 'path') return isInsidePath(value, place);
  return kinds[kind]?.test(value) ?? kind.split('|').includes(value);
}
