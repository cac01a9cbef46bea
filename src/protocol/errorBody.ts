import * as z from 'zod/mini';

/** The body of every REST answer that isn't a success. */
export const errorBodySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ErrorBody = z.infer<typeof errorBodySchema>;
