import * as z from 'zod/mini';

/** What a page is told whatever it shows: the user has pressed into it, so it takes the keyboard that was fetched from it. */
const toAnyPageSchema = z.strictObject({ type: z.literal('takeKeyboard') });
export type ToAnyPage = z.infer<typeof toAnyPageSchema>;
