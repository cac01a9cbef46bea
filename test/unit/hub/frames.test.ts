import assert from 'node:assert/strict';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { encodeChunk, frameText, heartbeat, openingText } from '../../../src/hub/log/frames.ts';

/** What an independent reader makes of these bytes. */
function parse(bytes: Buffer): EventSourceMessage[] {
  const messages: EventSourceMessage[] = [];
  createParser({ onEvent: (message) => messages.push(message), onError: (error) => assert.fail(error.message) }).feed(bytes.toString());
  return messages;
}

/** Text made of what breaks protocols. */
const hostileText = fc.string({
  unit: fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\u2028',
    '\u2029',
    'data:',
    'id: 9',
    'event: x',
    ':',
    ' ',
    '"',
    '\\',
    'ä',
    '\u{1f600}',
    'x',
  ),
});

describe('frames', () => {
  it('brings any value through as it was, one message for each frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: hostileText, key: fc.dictionary(hostileText, fc.jsonValue()) }), { minLength: 1 }),
        (values) => {
          const bytes = encodeChunk(values.map((value, index) => frameText(`e.${index}`, JSON.stringify(value))).join('')).buffer;
          const messages = parse(bytes);
          assert.deepEqual(
            messages.map(({ data }) => JSON.parse(data) as unknown),
            JSON.parse(JSON.stringify(values)),
          );
          assert.deepEqual(
            messages.map(({ id }) => id),
            values.map((_, index) => `e.${index}`),
          );
        },
      ),
    );
  });

  it('writes no byte that some reader takes for the end of a line but its own', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = frameText('e.1', JSON.stringify(text)).split(/\r\n|[\n\r\0\u2028\u2029]/);
        assert.equal(lines.length, 4);
        assert.deepEqual(lines.slice(2), ['', '']);
      }),
    );
  });

  it('refuses a line end where there can be none', () => {
    for (const end of ['\r', '\n', '\0']) assert.throws(() => frameText(`e.1${end}`, '{}'));
    assert.throws(() => frameText('e.1', '{\n}'));
  });

  it('opens and beats without a message', () => {
    assert.deepEqual(parse(Buffer.concat([Buffer.from(openingText(1_000)), heartbeat.buffer, heartbeat.buffer])), []);
  });

  it('make a chunk that says its own length in bytes', () => {
    const { chunk, buffer } = encodeChunk('data: ä\n\n');
    assert.equal(chunk.toString(), 'a\r\ndata: ä\n\n\r\n');
    assert.equal(buffer.toString(), 'data: ä\n\n');
  });
});
