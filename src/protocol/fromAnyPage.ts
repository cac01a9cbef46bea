import * as z from 'zod/mini';

const fromAnyPageSchema = z.object({
  type: z.literal('keyboard'),
  /** `given` by the editor; `taken` by a press of the user in the page, which may have it already; `gone` to something else. */
  is: z.enum(['given', 'taken', 'gone']),
});
/** What every page says, whatever it shows: who has given it the keyboard, that the user presses into it, or that it has it no longer. */
export type FromAnyPage = z.infer<typeof fromAnyPageSchema>;

/** Reads what every page says; `undefined` if it is a message of this page alone. */
export function parseFromAnyPage(data: unknown): FromAnyPage | undefined {
  const parsed = fromAnyPageSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}
