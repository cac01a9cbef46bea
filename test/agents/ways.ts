/** The two ways by which Connect lets an agent reach the hub. */
export const ways = ['http', 'bridge'] as const;
export type Way = (typeof ways)[number];
