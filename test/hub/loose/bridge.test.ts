import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { limits } from '../../../src/protocol/limits.ts';
import { bridgeCommand } from '../../support/bridgeAgent.ts';
import { feed } from '../../support/feed.ts';
import { initializeRequest, type RpcMessage } from '../../support/rawMcp.ts';
import { startTestHub, type TestHub } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

// What agents write to the bridge, byte for byte, and what it answers before it ends.

describe('the input of the bridge', () => {
  let test: TestHub;
  before(async () => {
    test = await startTestHub();
  });
  after(() => test.dispose());

  const hello = JSON.stringify({ ...initializeRequest('2025-06-18', 'piped'), id: 1 });
  const list = '{"jsonrpc":"2.0","id":2,"method":"tools/list"}';
  const initialized = '{"jsonrpc":"2.0","method":"notifications/initialized"}';

  /** All that it answers to an input that ends right after it, and how it ends. */
  async function pipe(input: string | Buffer): Promise<{ answers: RpcMessage[]; text: string; code: number | null }> {
    const { command, args } = bridgeCommand(test);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    feed(child.stdin, input);
    const [code] = (await once(child, 'close')) as [number | null];
    const lines = text.split('\n').filter((line) => line !== '');
    return { answers: lines.map((line) => JSON.parse(line) as RpcMessage), text, code };
  }

  const results = (answers: readonly RpcMessage[]): unknown[] => answers.filter(({ result }) => result !== undefined).map(({ id }) => id);

  it('may begin with a byte order mark', async () => {
    const { answers, code } = await pipe(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`${hello}\n${list}\n`)]));
    assert.deepEqual([results(answers), code], [[1, 2], 0]);
  });

  it('may have the line ends of Windows, and byte order marks in between', async () => {
    const { answers } = await pipe(`${hello}\r\n\r\n\ufeff${initialized}\r\n\ufeff\r\n  ${list}\r\n`);
    assert.deepEqual(results(answers), [1, 2]);
  });

  it('may end right after the requests, also without a line end: what was accepted is answered first', async () => {
    const ask = JSON.stringify({
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/call',
      params: { name: 'askHuman', arguments: { question: 'Piped?', wait_s: 0.1 } },
    });
    const { answers, code } = await pipe([hello, initialized, list, ask].join('\n'));
    assert.deepEqual([new Set(results(answers)), code], [new Set([1, 2, 3]), 0]);
    const { requests } = await test.api.call('getBoard', {});
    assert.deepEqual(
      requests.map(({ question }) => question),
      ['Piped?'],
    );
  });

  it('may have a line that is more than the hub takes: that is an error of its own, and nothing else is', async () => {
    const large = (id: string): string =>
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"reply","arguments":{"chatId":"x","text":"${'x'.repeat(limits.bodyBytes)}"}}}`;
    const { answers, text } = await pipe(`${hello}\n${large('12345678901234567890')}\n${list}\n`);
    assert.deepEqual(results(answers), [1, 2]);
    const error = answers.find((answer) => answer.error !== undefined)?.error;
    assert.match(error?.message ?? '', /^This message is larger than 4 MiB\./);
    assert.match(text, /"id":12345678901234567890[,}]/);
  });

  it('may be no JSON: the error has the id that can be read', async () => {
    const { answers } = await pipe(`${hello}\n{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"x":NaN}}\n{nonsense\n`);
    const errors = answers.filter((answer) => answer.error !== undefined);
    assert.deepEqual(
      errors.map(({ id, error }) => [id, error?.code]),
      [
        ['a', -32_700],
        [null, -32_700],
      ],
    );
  });

  it('is not waited for when the program is told to end', async () => {
    const { command, args } = bridgeCommand(test);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const ask = JSON.stringify({
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/call',
      params: { name: 'askHuman', arguments: { question: 'Ended?', wait_s: 50 } },
    });
    child.stdin.write(`${hello}\n${initialized}\n${ask}\n`);
    await waitFor('the question', async () => (await test.api.call('getBoard', {})).requests.some(({ question }) => question === 'Ended?'));
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0);
    assert.doesNotMatch(text, /"id":3\b/);
  });
});
