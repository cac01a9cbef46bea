import * as z from 'zod';
import { afterLast, type ModelDialect, type OfferedTool, openStream, textsIn } from './dialect.ts';

const toolSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
});

const requestSchema = z.looseObject({
  tools: z.array(toolSchema).default([]),
  input: z.union([z.string(), z.array(z.looseObject({ type: z.string().optional(), role: z.string().optional() }))]),
});

/** OpenAI's Responses API, streaming. */
export const openAiResponses: ModelDialect = {
  matches: (path) => path.endsWith('/responses'),
  read(body) {
    const { tools, input } = requestSchema.parse(body);
    const items = typeof input === 'string' ? [{ content: input }] : input;
    return {
      tools: tools.flatMap(offered),
      told: textsIn(afterLast(items, isOwn)),
      conversation: items.filter((item) => !isOwn(item)).map(textsIn),
    };
  },
  write({ response, move, id }) {
    const item =
      move.kind === 'say'
        ? {
            type: 'message',
            role: 'assistant',
            id: `msg_${id}`,
            status: 'completed',
            content: [{ type: 'output_text', text: move.text, annotations: [] }],
          }
        : {
            type: 'function_call',
            id: `fc_${id}`,
            call_id: `call_${id}`,
            status: 'completed',
            ...move.tool,
            arguments: JSON.stringify(move.input),
          };
    const write = openStream(response);
    const send = (type: string, rest: object): void => write({ type, ...rest }, type);
    const head = { id: `resp_${id}`, object: 'response', created_at: 0, model: 'scripted' };
    send('response.created', { response: { ...head, status: 'in_progress', output: [] } });
    send('response.output_item.added', { output_index: 0, item });
    if (move.kind === 'say') send('response.output_text.delta', { item_id: item.id, output_index: 0, content_index: 0, delta: move.text });
    send('response.output_item.done', { output_index: 0, item });
    send('response.completed', { response: { ...head, status: 'completed', output: [item], usage } });
    response.end();
  },
};

const usage = {
  input_tokens: 1,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 1,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 2,
};

function isOwn({ type, role }: { type?: string | undefined; role?: string | undefined }): boolean {
  return role === 'assistant' || type === 'function_call' || type === 'custom_tool_call';
}

function offered({ name, type, tools }: z.infer<typeof toolSchema>): OfferedTool[] {
  if (tools !== undefined && name !== undefined) return tools.map((tool) => ({ name: tool.name, namespace: name }));
  return [{ name: name ?? type }];
}
