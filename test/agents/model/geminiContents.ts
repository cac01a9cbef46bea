import * as z from 'zod';
import { afterLast, type ModelDialect, openStream, textsIn } from './dialect.ts';

const requestSchema = z.looseObject({
  tools: z.array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).default([]) })).default([]),
  contents: z.array(z.looseObject({ role: z.string().optional(), parts: z.unknown() })),
});

/** Gemini's generateContent and streamGenerateContent. */
export const geminiContents: ModelDialect = {
  matches: (path) => /:(?:stream)?[gG]enerateContent$/.test(path),
  read(body) {
    const { tools, contents } = requestSchema.parse(body);
    const news = afterLast(contents, ({ role }) => role === 'model');
    return {
      tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => ({ name }))),
      told: textsIn(news.map(({ parts }) => parts)),
      conversation: contents.filter(({ role }) => role !== 'model').map(({ parts }) => textsIn(parts)),
    };
  },
  write({ response, path, move }) {
    const part = move.kind === 'say' ? { text: move.text } : { functionCall: { name: move.tool.name, args: move.input } };
    const answer = {
      candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    if (path.endsWith(':generateContent')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
      return;
    }
    openStream(response)(answer);
    response.end();
  },
};
