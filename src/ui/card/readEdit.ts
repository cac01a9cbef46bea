import type { Permission } from '../../protocol/model.ts';
import { readMembers } from '../text/permissionText.ts';
import { pathNames, verbOf } from '../text/tools.ts';

/** A piece of a text and what takes its place. */
export interface Change {
  before: string;
  after: string;
}

/** What a tool would change, as far as its input is understood whole. */
export type ReadEdit =
  /** `all`: each change is made wherever it fits. */
  | { kind: 'edit'; file: string; changes: readonly Change[]; all: boolean; others: readonly string[] }
  | { kind: 'newFile'; file: string; content: string; others: readonly string[] }
  | { kind: 'patch'; patch: string; others: readonly string[] };

// The members of the inputs of agents' tools. What isn't known here is shown as it was sent.
const befores = ['old_string', 'oldString', 'old_str'];
const afters = ['new_string', 'newString', 'new_str'];
/** Members that say that a change is made wherever it fits. */
const everywhere = ['replace_all', 'replaceAll', 'allow_multiple'];
const contents = ['content', 'contents', 'file_text', 'fileText'];

/** Reads the input of a tool that edits or writes a file; `undefined` if it is another tool, or a part of the input is not understood. */
export function readEdit({ tool, input, partial }: Permission): ReadEdit | undefined {
  const members = partial === true ? undefined : readMembers(input);
  if (members === undefined) return undefined;
  const object = JSON.parse(input) as Record<string, unknown>;
  if (tool === 'apply_patch') return readPatchInput(object);
  const file = take(object, pathNames);
  if (file === undefined) return undefined;
  const verb = verbOf(tool);
  // One of its commands edits; the members of that are its own.
  if (verb === 'edit' || tool === 'str_replace_editor') {
    const all = everywhere.some((name) => object[name] === true);
    const [before, after] = [take(object, befores), take(object, afters)];
    if (before !== undefined && after !== undefined) {
      const changes = [{ before: before.value, after: after.value }];
      return { kind: 'edit', file: file.value, changes, all, others: othersOf(object, [file.name, before.name, after.name]) };
    }
    const changes = readChanges(object['edits']);
    return changes && { kind: 'edit', file: file.value, changes, all, others: othersOf(object, [file.name, 'edits']) };
  }
  const content = verb === 'write' ? take(object, contents) : undefined;
  return content && { kind: 'newFile', file: file.value, content: content.value, others: othersOf(object, [file.name, content.name]) };
}

function readPatchInput(object: Record<string, unknown>): ReadEdit | undefined {
  const patch = take(object, ['command', 'input', 'patch']);
  if (patch?.value.startsWith('*** Begin Patch') !== true) return undefined;
  return { kind: 'patch', patch: patch.value, others: othersOf(object, [patch.name]) };
}

/** The changes of a list, if each says what is replaced by what and nothing else. */
function readChanges(edits: unknown): Change[] | undefined {
  if (!Array.isArray(edits) || edits.length === 0) return undefined;
  const changes = edits.map((edit: unknown) => {
    if (typeof edit !== 'object' || edit === null) return undefined;
    const object = edit as Record<string, unknown>;
    const [before, after] = [take(object, befores), take(object, afters)];
    const isWhole = before !== undefined && after !== undefined && Object.keys(object).length === 2;
    return isWhole ? { before: before.value, after: after.value } : undefined;
  });
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

/** The one member of these names that is there, if it is a text. */
function take(object: Record<string, unknown>, names: readonly string[]): { name: string; value: string } | undefined {
  const there = names.filter((name) => Object.hasOwn(object, name));
  const [name] = there;
  if (name === undefined || there.length > 1) return undefined;
  const value = object[name];
  return typeof value === 'string' ? { name, value } : undefined;
}

/** The other members, one line each: `replace_all: true`. */
function othersOf(object: Record<string, unknown>, shown: readonly string[]): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    shown.includes(name) ? [] : [`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
}
