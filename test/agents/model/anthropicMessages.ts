import * as z from 'zod';
import { afterLast, type ModelDialect, openStream, textsIn } from './dialect.ts';

const requestSchema = z.looseObject({
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  stream: z.boolean().default(false),
});

/** Anthropic's Messages API, streaming or not. */
export const anthropicMessages: ModelDialect = {
  matches: (path) => path.endsWith('/v1/messages'),
  read(body) {
    const { tools, messages } = requestSchema.parse(body);
    const news = afterLast(messages, ({ role }) => role === 'assistant');
    const others = messages.filter(({ role }) => role !== 'assistant');
    return {
      tools: tools.map(({ name }) => ({ name })),
      told: textsIn(news.map(({ content }) => content)),
      // Of a stop that a hook has blocked, Claude Code says the reason twice, in one message.
      conversation: others.map(({ content }) => textsIn(content)),
    };
  },
  write({ response, body, move, id }) {
    const block =
      move.kind === 'say'
        ? { type: 'text', text: move.text }
        : { type: 'tool_use', id: `toolu_${id}`, name: move.tool.name, input: move.input };
    const stop = move.kind === 'say' ? 'end_turn' : 'tool_use';
    const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model: 'scripted', stop_sequence: null, usage };
    if (!requestSchema.parse(body).stream) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...message, content: [block], stop_reason: stop }));
      return;
    }
    const write = openStream(response);
    const send = (type: string, rest: object): void => write({ type, ...rest }, type);
    send('message_start', { message: { ...message, content: [], stop_reason: null } });
    if (move.kind === 'say') {
      send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
      send('content_block_delta', { index: 0, delta: { type: 'text_delta', text: move.text } });
    } else {
      send('content_block_start', { index: 0, content_block: { ...block, input: {} } });
      send('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json: JSON.stringify(move.input) } });
    }
    send('content_block_stop', { index: 0 });
    send('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 1 } });
    send('message_stop', {});
    response.end();
  },
};

const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
