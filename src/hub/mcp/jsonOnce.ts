import type * as z from 'zod';

/**
 * The schema as the SDK takes it, with its JSON Schema made once: the newer era has a server for each request, and each would make it anew
 * for the tool that is called.
 */
export function jsonOnce<Output>(schema: z.ZodType<Output>): { '~standard': z.ZodType<Output>['~standard'] } {
  const standard = schema['~standard'];
  const { input, output } = standard.jsonSchema;
  let json: ReturnType<typeof input> | undefined;
  return { '~standard': { ...standard, jsonSchema: { input: (options) => (json ??= input(options)), output } } };
}
