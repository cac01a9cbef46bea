import type * as z from 'zod';

/**
 * The schema as the SDK takes it, with its JSON Schema made once: the newer era has a server for each request, and each would make it anew
 * for the tool that is called. It names no dialect, so it is the one of MCP; a client may load a dialect that is named from the network,
 * and without one it leaves out the tool (VS Code 1.105).
 */
export function jsonOnce<Output>(schema: z.ZodType<Output>): { '~standard': z.ZodType<Output>['~standard'] } {
  const standard = schema['~standard'];
  const { input, output } = standard.jsonSchema;
  let json: ReturnType<typeof input> | undefined;
  return { '~standard': { ...standard, jsonSchema: { input: (options) => (json ??= withoutDialect(input(options))), output } } };
}

function withoutDialect({ $schema: _dialect, ...json }: Record<string, unknown>): Record<string, unknown> {
  return json;
}
