import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { root } from '../suites.ts';
import { readComments, readMemberComments } from './readComments.ts';
import { protocolSources } from './readOperations.ts';

export type Json = Record<string, unknown>;

/** Schemas of the protocol as JSON Schemas; those that have a name stand once, as components. */
export interface Components {
  /** @returns the JSON Schema, which refers to `#/components/schemas/…` */
  toJson(schema: z.core.$ZodType): Json;
  /** What was referred to until now, by name. */
  schemas(): Json;
}

export async function createComponents(): Promise<Components> {
  const names = await namedSchemas();
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of names) registry.add(schema, { id: name });
  const sources = protocolSources();
  const comments = readComments(sources);
  const members = readMemberComments(sources);
  const found = new Map<string, Json>();

  /** Says of a component what the comments in the code say. */
  function describe(name: string, json: Json): Json {
    const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
    const description = comments.get(constant) ?? comments.get(name);
    const properties = Object.entries((json['properties'] ?? {}) as Record<string, Json>).map(([member, schema]) => {
      const text = members.get(constant)?.get(member);
      return [member, text === undefined ? schema : { description: text, ...schema }];
    });
    return {
      ...(description !== undefined && { description }),
      ...json,
      ...('properties' in json && { properties: Object.fromEntries(properties) }),
    };
  }

  return {
    toJson(schema) {
      // What goes over the wire is what the schemas are given, before defaults are filled in.
      const { $schema: _, $defs = {}, ...json } = z.toJSONSchema(schema, { metadata: registry, io: 'input', override: plainTimes }) as Json;
      for (const [name, component] of Object.entries($defs as Record<string, Json>)) {
        const { id: _id, ...plain } = component;
        found.set(name, describe(name, toComponents(plain)));
      }
      const own = registry.get(schema)?.id;
      if (own === undefined || found.has(own)) return toComponents(own === undefined ? json : { $ref: `#/$defs/${own}` });
      const { id: _id, ...plain } = json;
      found.set(own, describe(own, toComponents(plain)));
      return { $ref: `#/components/schemas/${own}` };
    },
    schemas: () => Object.fromEntries([...found].toSorted(([one], [other]) => one.localeCompare(other, 'en'))),
  };
}

/** `taskSchema` is `Task`. */
async function namedSchemas(): Promise<Map<string, z.core.$ZodType>> {
  const named = new Map<string, z.core.$ZodType>();
  for (const path of globSync('src/protocol/**/*.ts', { cwd: root }).toSorted()) {
    const { href } = pathToFileURL(join(root, path));
    // oxlint-disable-next-line import/no-dynamic-require -- a schema may be in any file of the protocol
    const exported = (await import(href)) as Json;
    for (const [name, value] of Object.entries(exported)) {
      if (!name.endsWith('Schema') || typeof value !== 'object' || value === null || !('_zod' in value)) continue;
      const id = name.slice(0, -'Schema'.length);
      named.set(id.charAt(0).toUpperCase() + id.slice(1), value as z.core.$ZodType);
    }
  }
  return named;
}

/** The format says it all; the pattern of a time has 300 characters. */
function plainTimes({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

function toComponents(json: Json): Json {
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}
