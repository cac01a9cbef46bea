import * as z from 'zod';
import { afterLast, type ModelDialect, openStream, textsIn } from './dialect.ts';

const requestSchema = z.looseObject({
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
  messages: z.array(z.looseObject({ role: z.string() })),
  stream: z.boolean().default(false),
});

/** OpenAI's Chat Completions, streaming or not. */
export const openAiChat: ModelDialect = {
  matches: (path) => path.endsWith('/chat/completions'),
  read(body) {
    const { tools, messages } = requestSchema.parse(body);
    return {
      tools: tools.map((tool) => ({ name: tool.function.name })),
      told: textsIn(afterLast(messages, ({ role }) => role === 'assistant')),
      conversation: messages.filter(({ role }) => role !== 'assistant').map(textsIn),
    };
  },
  write({ response, body, move, id }) {
    const message =
      move.kind === 'say'
        ? { role: 'assistant', content: move.text }
        : {
            role: 'assistant',
            content: null,
            tool_calls: [
              { index: 0, id: `call_${id}`, type: 'function', function: { name: move.tool.name, arguments: JSON.stringify(move.input) } },
            ],
          };
    const finish = move.kind === 'say' ? 'stop' : 'tool_calls';
    const head = { id: `chatcmpl-${id}`, created: 0, model: 'scripted' };
    if (!requestSchema.parse(body).stream) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage }));
      return;
    }
    const write = openStream(response);
    const chunk = { ...head, object: 'chat.completion.chunk' };
    write({ ...chunk, choices: [{ index: 0, delta: message, finish_reason: null }] });
    write({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: finish }], usage });
    write('[DONE]');
    response.end();
  },
};

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
