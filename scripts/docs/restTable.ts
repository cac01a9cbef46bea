import * as z from 'zod/mini';
import { table } from './markedPart.ts';
import type { NamedOperation } from './readOperations.ts';

/** Every operation on one line: its name, its request, what it takes, and what it is for. */
export function restTable(operations: readonly NamedOperation[]): string {
  return table(
    ['Operation', 'Request', 'Takes', 'What it does'],
    operations.map(({ name, method, address, query, body, envelope, comment }) => {
      const inBody = membersOf(body);
      const takes = [
        ...membersOf(query).map((member) => `\`?${member.replace('?', '')}=\``),
        ...(inBody.length === 0 ? [] : [`\`${envelope === undefined ? shape(inBody) : `{"${envelope}":${shape(inBody)}}`}\``]),
      ];
      return [`\`${name}\``, `\`${method} ${address}\``, takes.join(' '), comment];
    }),
  );
}

function shape(members: readonly string[]): string {
  return `{${members.join(', ')}}`;
}

/** The members of an object; those that may be left out end with `?`. */
function membersOf(schema: z.ZodMiniObject): string[] {
  return Object.entries(schema.shape).map(([name, member]) => (z.safeParse(member, undefined).success ? `${name}?` : name));
}
