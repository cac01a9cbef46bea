import * as z from 'zod';
import { waitsText, waitsToUse } from '../../service/ownDialogs.ts';
import type { Dialect } from '../hookEvent.ts';
import { readHead } from './claudeForm.ts';
import { codex } from './codex.ts';

const asksSchema = z.object({ tool_name: z.string().min(1) });

/**
 * opencode. It has no hooks of its own: a plugin of ours reports in the form of the others, and what opencode asks in its own window by
 * the names of opencode's events. It takes nothing back but what wakes it.
 */
export const openCode: Dialect = {
  ...codex,
  names: /^opencode/,
  name: 'opencode',
  read(body) {
    const head = readHead(body)?.head;
    if (head?.name === 'question.asked') return { ...head, kind: 'waits', text: waitsText('questions') };
    if (head?.name === 'permission.asked') {
      const { data } = asksSchema.safeParse(body);
      return data === undefined ? { ...head, kind: 'other' } : { ...head, kind: 'waits', text: waitsToUse(data.tool_name) };
    }
    return codex.read(body);
  },
  write: {},
};
