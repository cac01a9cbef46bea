import * as z from 'zod';
import type { AgentIntroduction } from '../service/agents.ts';

const infoSchema = z.object({ name: z.string().min(1), title: z.string().optional(), version: z.string().optional() });
const legacySchema = z.object({ params: z.object({ clientInfo: infoSchema }) });
const modernSchema = z.object({
  params: z.object({ _meta: z.object({ 'io.modelcontextprotocol/clientInfo': infoSchema }) }),
});

/** Who sent this JSON-RPC message, as it says: with `initialize` in the older era, with every request in the newer. */
export function introductionOf(message: unknown): AgentIntroduction {
  const modern = modernSchema.safeParse(message);
  if (modern.success) return modern.data.params._meta['io.modelcontextprotocol/clientInfo'];
  const legacy = legacySchema.safeParse(message);
  return legacy.success ? legacy.data.params.clientInfo : { name: 'agent' };
}
