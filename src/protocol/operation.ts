import * as z from 'zod/mini';

/**
 * An operation over REST. `params` fill the path, `query` the query string, and `body` is sent under the name in `envelope`
 * (`{"reply":{"text":"…"}}`).
 */
export interface Operation<
  Params extends z.ZodMiniObject = z.ZodMiniObject,
  Query extends z.ZodMiniObject = z.ZodMiniObject,
  Body extends z.ZodMiniObject = z.ZodMiniObject,
  Output extends z.ZodMiniType = z.ZodMiniType,
> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `:name` stands for a member of `params`. */
  path: string;
  params: Params;
  query: Query;
  body: Body;
  envelope?: string;
  output: Output;
  /** The status of a success; 200 unless said. */
  status?: number;
}

/** Takes nothing. */
export const none = z.object({});

/** Keeps the exact types of an entry. */
export function operation<P extends z.ZodMiniObject, Q extends z.ZodMiniObject, B extends z.ZodMiniObject, O extends z.ZodMiniType>(
  definition: Operation<P, Q, B, O>,
): Operation<P, Q, B, O> {
  return definition;
}

/** The body of every REST answer that isn't a success. */
export const errorBodySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ErrorBody = z.infer<typeof errorBodySchema>;
